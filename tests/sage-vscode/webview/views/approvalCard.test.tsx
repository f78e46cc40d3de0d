// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PermissionRequestParams } from '../../../../sage-vscode/src/protocol/generated';
import { Composer } from '../../../../sage-vscode/webview/views/composer/composer';
import { focusDelayMs } from '../../../../sage-vscode/webview/views/requests/approvalFocus';
import { PendingBar } from '../../../../sage-vscode/webview/views/requests/pendingBar';
import { Strays } from '../../../../sage-vscode/webview/views/transcript/tail';
import { type Panel, showPanel } from '../fakes/panel';

const request = (callId: string, change: Partial<PermissionRequestParams> = {}): PermissionRequestParams => ({
  sessionId: 'session-1',
  callId,
  toolName: 'run_command',
  title: `Run ${callId}`,
  input: { command: `command ${callId}` },
  rule: `run_command(command ${callId})`,
  ...change,
});

const view = (
  <>
    <Strays />
    <Composer />
  </>
);
const ask = (panel: Panel, ...callIds: string[]) =>
  panel.act(...callIds.map((id) => ({ type: 'permissionRequested', request: request(id) }) as const));
const wait = () => vi.advanceTimersByTimeAsync(focusDelayMs + 50);
const focused = () => document.activeElement?.getAttribute('data-testid');
const answers = (panel: Panel) => panel.sent.filter((message) => message.type === 'answerPermission');

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('The bar that leads to a card', () => {
  let watch: ((seen: boolean) => void)[] = [];
  beforeEach(() => {
    watch = [];
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(see: (entries: readonly { readonly intersectionRatio: number }[]) => void) {
          watch.push((seen) => see([{ intersectionRatio: seen ? 1 : 0 }]));
        }
        observe() {}
        disconnect() {}
      },
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  const see = (panel: Panel, seen: boolean) => act(() => watch.at(-1)?.(seen)).then(() => panel.has('pending-bar'));

  test('is there only while the card is out of sight', async () => {
    const panel = await showPanel(
      <>
        <Strays />
        <PendingBar />
      </>,
    );
    expect(panel.has('pending-bar')).toBe(false);
    await ask(panel, 'a');
    expect(panel.has('pending-bar')).toBe(true);
    expect(await see(panel, true)).toBe(false);
    await panel.act({ type: 'showHistory' });
    expect(panel.has('pending-bar')).toBe(true);
    await panel.act({ type: 'focusComposer' });
    expect(await see(panel, false)).toBe(true);
  });
});

describe('An approval', () => {
  test('takes the focus from an empty composer, after a moment', async () => {
    const panel = await showPanel(view);
    panel.find('composer-input').focus();
    await ask(panel, 'a');
    expect(focused()).toBe('composer-input');
    await wait();
    expect(focused()).toBe('approval-allow');
  });

  test('leaves the focus where someone writes', async () => {
    const panel = await showPanel(view);
    panel.find('composer-input').focus();
    await panel.type('Also');
    await ask(panel, 'a');
    await wait();
    expect(focused()).toBe('composer-input');
  });

  test('leaves the focus alone while the editor has it', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const panel = await showPanel(view);
    await ask(panel, 'a');
    await wait();
    expect(focused()).not.toBe('approval-allow');
  });

  test('is given with Enter, once', async () => {
    const panel = await showPanel(view);
    await ask(panel, 'a');
    await wait();
    await panel.press(panel.find('approval-allow'), 'Enter');
    expect(answers(panel)).toEqual([
      { type: 'answerPermission', callId: 'a', answer: { decision: 'allow', scope: 'once' } },
    ]);
    expect(panel.has('approval')).toBe(false);
  });

  test('is not given by a key that is still held down from before', async () => {
    const panel = await showPanel(view);
    await ask(panel, 'a');
    await panel.press(panel.find('approval-allow'), 'Enter', { repeat: true });
    expect(answers(panel)).toEqual([]);
  });

  test('can be given for the session, and says for what', async () => {
    const panel = await showPanel(view);
    await ask(panel, 'a');
    expect(panel.find('approval').textContent).toContain('command a');
    await panel.click(panel.find('approval-allow-session'));
    expect(answers(panel)[0]).toMatchObject({ answer: { decision: 'allow', scope: 'session' } });
  });

  test('is denied with Escape, which does not stop the turn', async () => {
    const panel = await showPanel(view);
    await ask(panel, 'a');
    await panel.press(panel.find('approval-allow'), 'Escape');
    expect(panel.sent).toEqual([{ type: 'answerPermission', callId: 'a', answer: { decision: 'deny' } }]);
  });

  test('is not denied by the Escape of an input method', async () => {
    const panel = await showPanel(view);
    await ask(panel, 'a');
    await panel.press(panel.find('approval-allow'), 'Escape', { isComposing: true });
    expect(answers(panel)).toEqual([]);
  });

  test('can be denied with a reason', async () => {
    const panel = await showPanel(view);
    await ask(panel, 'a');
    const button = panel.root.querySelector<HTMLElement>('[aria-label="Deny with a reason"]');
    await panel.click(button as HTMLElement);
    const field = panel.root.querySelector<HTMLInputElement>('.request .text-field');
    if (field === null) {
      throw new Error('No field for the reason');
    }
    field.value = 'Use npm ci';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await panel.press(field, 'a');
    await panel.press(field, 'Enter');
    expect(answers(panel)).toEqual([
      { type: 'answerPermission', callId: 'a', answer: { decision: 'deny', reason: 'Use npm ci' } },
    ]);
  });

  test('hands the focus on to the next one, but never in the same key press', async () => {
    const panel = await showPanel(view);
    await ask(panel, 'a', 'b');
    await wait();
    expect(document.activeElement?.closest('section')?.getAttribute('aria-label')).toBe('Approval: Run a');
    await panel.press(panel.find('approval-allow'), 'Enter');
    expect(focused()).toBe('composer-input');
    await wait();
    expect(document.activeElement?.closest('section')?.getAttribute('aria-label')).toBe('Approval: Run b');
  });

  test('shows what an edit would change', async () => {
    const panel = await showPanel(view);
    const hunks = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 2, lines: ['-old', '+new', '+more'] }];
    const preview = { path: 'src/a.ts', kind: 'modified', hunks } as const;
    await panel.act({ type: 'permissionRequested', request: request('a', { toolName: 'edit_file', preview }) });
    const lines = [...panel.root.querySelectorAll('[data-testid="diff-line"]')];
    expect(lines.map((line) => line.getAttribute('data-kind'))).toEqual(['removed', 'added', 'added']);
    expect(panel.find('approval').textContent).toContain('+2');
  });
});
