// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { describe, expect, test } from 'vitest';
import type { PermissionRequestParams } from '../../../../sage-vscode/src/protocol/generated';
import { Strays } from '../../../../sage-vscode/webview/views/transcript/tail';
import { type Panel, showPanel } from '../fakes/panel';

const request = (callId: string, change: Partial<PermissionRequestParams> = {}) =>
  ({
    type: 'permissionRequested',
    request: {
      sessionId: 'session-1',
      callId,
      toolName: 'run_command',
      title: `Run ${callId}`,
      input: { command: `command ${callId}` },
      rule: `run_command(command ${callId})`,
      ...change,
    },
  }) as const;

const answers = (panel: Panel) => panel.sent.filter((message) => message.type === 'answerPermission');
const focused = () => document.activeElement?.getAttribute('data-testid');

describe('An approval for longer', () => {
  const wider = 'run_command(command *)';
  const radios = (panel: Panel) => [...panel.root.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
  const askWider = async () => {
    const panel = await showPanel(<Strays />);
    await panel.act(request('a', { widerRule: wider }));
    return panel;
  };

  test.each(['session', 'workspace', 'user'])('is given with scope %s for exactly what is shown', async (scope) => {
    const panel = await showPanel(<Strays />);
    await panel.act(request('a'));
    expect(panel.find('approval-grants').textContent).toContain('Allows: run_command(command a)');
    expect(radios(panel)).toEqual([]);
    await panel.press(panel.find(`approval-allow-${scope}`), 'Enter');
    expect(answers(panel)).toEqual([{ type: 'answerPermission', callId: 'a', answer: { decision: 'allow', scope } }]);
  });

  test('offers a wider rule beside the exact one, which is chosen until the user chooses', async () => {
    const panel = await askWider();
    expect(radios(panel).map((radio) => radio.checked)).toEqual([true, false]);
    expect(radios(panel).map((radio) => radio.closest('label')?.textContent)).toEqual([
      'Allows only: run_command(command a)',
      `Allows all of: ${wider}`,
    ]);
    await panel.click(panel.find('approval-allow-session'));
    expect(answers(panel)).toEqual([
      { type: 'answerPermission', callId: 'a', answer: { decision: 'allow', scope: 'session' } },
    ]);
  });

  test('names the wider rule when that was chosen', async () => {
    const panel = await askWider();
    await panel.click(radios(panel)[1] as HTMLElement);
    await panel.click(panel.find('approval-allow-user'));
    expect(answers(panel)).toEqual([
      { type: 'answerPermission', callId: 'a', answer: { decision: 'allow', scope: 'user', rule: wider } },
    ]);
  });

  test('is not what Allow once gives, whatever is chosen', async () => {
    const panel = await askWider();
    await panel.click(radios(panel)[1] as HTMLElement);
    await panel.click(panel.find('approval-allow'));
    expect(answers(panel)).toMatchObject([{ answer: { decision: 'allow', scope: 'once' } }]);
    expect(answers(panel)[0]).not.toHaveProperty('answer.rule');
  });

  test('is chosen apart on two cards', async () => {
    const panel = await showPanel(<Strays />);
    await panel.act(request('a', { widerRule: wider }), request('b', { widerRule: wider }));
    await panel.click(radios(panel)[1] as HTMLElement);
    expect(radios(panel).map((radio) => radio.checked)).toEqual([false, true, true, false]);
  });
});

describe('A command that is edited', () => {
  const input = { command: 'npm tset', cwd: 'web' };
  const edit = async () => {
    const panel = await showPanel(<Strays />);
    await panel.act(request('a', { input }));
    await panel.click(panel.find('approval-edit'));
    return panel;
  };
  const write = async (panel: Panel, command: string) => {
    const field = panel.find('approval-command') as HTMLTextAreaElement;
    field.value = command;
    await act(() => void field.dispatchEvent(new InputEvent('input', { bubbles: true })));
    return field;
  };

  test('is allowed once, with everything else as it was', async () => {
    const panel = await edit();
    expect(focused()).toBe('approval-command');
    await write(panel, 'npm test');
    await panel.click(panel.find('approval-allow'));
    expect(answers(panel)).toEqual([
      {
        type: 'answerPermission',
        callId: 'a',
        answer: { decision: 'allow', scope: 'once', input: { command: 'npm test', cwd: 'web' } },
      },
    ]);
  });

  test('cannot be allowed for longer, and says why', async () => {
    const panel = await edit();
    expect(panel.has('approval-grants')).toBe(true);
    await write(panel, 'npm test');
    expect(panel.has('approval-grants')).toBe(false);
    expect(panel.find('approval-note').textContent).toContain('It runs once, as you wrote it');
    await write(panel, 'npm tset');
    expect(panel.has('approval-grants')).toBe(true);
  });

  test('is allowed with Ctrl+Enter; Enter breaks the line', async () => {
    const panel = await edit();
    const field = await write(panel, 'npm ci\nnpm test');
    const enter = await panel.press(field, 'Enter');
    expect(enter.defaultPrevented).toBe(false);
    expect(answers(panel)).toEqual([]);
    await panel.press(field, 'Enter', { ctrlKey: true });
    expect(answers(panel)).toMatchObject([{ answer: { scope: 'once', input: { command: 'npm ci\nnpm test' } } }]);
  });

  test('is the old one again after Escape, which denies nothing, also when it is held', async () => {
    const panel = await edit();
    const field = await write(panel, 'npm test');
    await panel.press(field, 'Escape');
    expect(panel.has('approval-command')).toBe(false);
    expect(focused()).toBe('approval-allow');
    await panel.press(panel.find('approval-allow'), 'Escape', { repeat: true });
    expect(panel.sent).toEqual([]);
    await panel.press(panel.find('approval-allow'), 'Enter');
    expect(answers(panel)).toEqual([
      { type: 'answerPermission', callId: 'a', answer: { decision: 'allow', scope: 'once' } },
    ]);
  });

  test('is left alone by the keys of an input method', async () => {
    const panel = await edit();
    const field = await write(panel, 'npm test');
    await panel.press(field, 'Enter', { ctrlKey: true, isComposing: true });
    await panel.press(field, 'Escape', { isComposing: true });
    expect(panel.has('approval-command')).toBe(true);
    expect(panel.sent).toEqual([]);
  });

  test('cannot be allowed when nothing is left of it', async () => {
    const panel = await edit();
    const field = await write(panel, ' \n');
    await panel.press(field, 'Enter', { ctrlKey: true });
    expect((panel.find('approval-allow') as HTMLButtonElement).disabled).toBe(true);
    expect(panel.sent).toEqual([]);
    await panel.press(field, 'Escape');
    expect(focused()).toBe('approval-allow');
  });

  test('has not been changed by being looked at', async () => {
    const panel = await edit();
    await panel.click(panel.find('approval-allow'));
    expect(answers(panel)[0]).not.toHaveProperty('answer.input');
  });

  test('is one of run_command: other calls run as they are, or not at all', async () => {
    const panel = await showPanel(<Strays />);
    const other = request('a', { toolName: 'edit_file', input: { path: 'a.ts' }, rule: 'edit_file(a.ts)' });
    await panel.act(other);
    expect(panel.has('approval-edit')).toBe(false);
  });
});
