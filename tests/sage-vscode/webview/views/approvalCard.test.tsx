// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PermissionRequestParams } from '../../../../sage-vscode/src/protocol/generated';
import { Composer } from '../../../../sage-vscode/webview/views/composer/composer';
import { focusDelayMs } from '../../../../sage-vscode/webview/views/requests/approvalFocus';
import { PendingBar } from '../../../../sage-vscode/webview/views/requests/pendingBar';
import { Announcer } from '../../../../sage-vscode/webview/views/shell/announcer';
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
    await panel.act({
      type: 'permissionRequested',
      request: request('a', { toolName: 'edit_file', previews: [preview] }),
    });
    const lines = [...panel.root.querySelectorAll('[data-testid="diff-line"]')];
    expect(lines.map((line) => line.getAttribute('data-kind'))).toEqual(['removed', 'added', 'added']);
    expect(panel.find('approval').textContent).toContain('+2');
  });

  test('shows all arguments of a tool of others, whatever they are called and however long they are', async () => {
    const panel = await showPanel(view);
    const input = { command: 'status', target: `${'x'.repeat(5_000)} and production` };
    await panel.act({ type: 'permissionRequested', request: request('a', { toolName: 'mcp__deploy__run', input }) });
    const shown = panel.find('approval').textContent ?? '';
    expect(shown).toContain('"command": "status"');
    expect(shown).toContain('and production"');
  });

  test('names every file of a change to several', async () => {
    const panel = await showPanel(view);
    const hunks = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: ['-old', '+new'] }];
    const previews = [
      { path: 'src/a.ts', kind: 'modified', hunks },
      { path: 'src/b.ts', kind: 'deleted', hunks: [] },
      { path: 'lib/b.ts', kind: 'created', hunks: [] },
    ] as const;
    await panel.act({ type: 'permissionRequested', request: request('a', { toolName: 'apply_patch', previews }) });
    const names = [...panel.root.querySelectorAll('[data-testid="diff-path"]')].map((name) => name.textContent);
    expect(names).toEqual(['Changed: src/a.ts', 'Deleted: src/b.ts', 'New: lib/b.ts']);
    expect(panel.root.querySelectorAll('[data-testid="diff-line"]')).toHaveLength(2);
    expect(panel.find('approval').textContent).toContain('Allow this edit?');
  });

  test('says what is asked of a file that goes', async () => {
    const panel = await showPanel(view);
    const previews = [{ path: 'a.png', kind: 'deleted', hunks: [] }] as const;
    const change = { toolName: 'delete_file', rule: 'delete_file(a.png)', previews };
    await panel.act({ type: 'permissionRequested', request: request('a', change) });
    expect(panel.find('approval').textContent).toContain('Delete this file?');
    expect(panel.find('approval').textContent).toContain('The file is deleted.');
  });
});

describe('A call with danger', () => {
  const danger = 'It deletes the folder build.';
  const askDangerous = async (change: Partial<PermissionRequestParams> = {}) => {
    const panel = await showPanel(
      <>
        {view}
        <Announcer />
      </>,
    );
    await panel.act({ type: 'permissionRequested', request: request('a', { danger, ...change }) });
    return panel;
  };

  test('says it above the buttons, and to who hears the buttons', async () => {
    const panel = await askDangerous();
    const warning = panel.find('approval-danger');
    expect(warning.textContent).toBe(`Warning: ${danger}`);
    expect(warning.querySelector('.codicon-warning')).not.toBeNull();
    for (const button of ['approval-allow', 'approval-deny']) {
      expect(panel.find(button).getAttribute('aria-describedby')).toBe(warning.id);
      const order = warning.compareDocumentPosition(panel.find(button));
      expect(order & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
    }
    expect(panel.find('announcer').textContent).toBe(`Approval needed: Run a. Warning: ${danger}`);
  });

  test('is not allowed by the key that the card gets first', async () => {
    const panel = await askDangerous();
    await wait();
    expect(focused()).toBe('approval-deny');
    expect(panel.find('approval-allow').className).toBe('button secondary');
    await panel.press(panel.find('approval-deny'), 'Enter');
    expect(answers(panel)).toMatchObject([{ answer: { decision: 'deny' } }]);
  });

  test('can still be allowed, and for its exact words for longer', async () => {
    const panel = await askDangerous();
    await panel.click(panel.find('approval-allow-workspace'));
    expect(answers(panel)).toMatchObject([{ answer: { decision: 'allow', scope: 'workspace' } }]);
  });

  test('is one that says so: others have no warning, and tell why they ask only when that is known', async () => {
    const panel = await askDangerous({ callId: 'b', reason: 'The rule run_command(rm *) of settings.json asks.' });
    expect(panel.find('approval-reason').textContent).toContain('run_command(rm *)');
    await panel.click(panel.find('approval-deny'));
    await ask(panel, 'a');
    expect(panel.has('approval-danger')).toBe(false);
    expect(panel.has('approval-reason')).toBe(false);
    expect(panel.find('approval-allow').className).toBe('button');
  });
});
