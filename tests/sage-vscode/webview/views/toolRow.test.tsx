// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { Action } from '../../../../sage-vscode/webview/state/reducer';
import { useSelect } from '../../../../sage-vscode/webview/views/storeContext';
import { ToolRow } from '../../../../sage-vscode/webview/views/tools/toolRow';
import { Tail } from '../../../../sage-vscode/webview/views/transcript/tail';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

function Tools() {
  const items = useSelect((state) => state.transcript.items);
  return (
    <>
      {items.map((item) => (item.kind === 'tool' ? <ToolRow key={item.id} tool={item} /> : null))}
      <Tail />
    </>
  );
}

const events = (script: SessionScript): Action => ({ type: 'events', events: script.events });
const show = async (script: SessionScript) => {
  const panel = await showPanel(<Tools />);
  await panel.act({ type: 'serverState', state: { kind: 'running' } }, events(script));
  return panel;
};
const statuses = (root: HTMLElement) =>
  [...root.querySelectorAll<HTMLElement>('[data-testid="item-tool"]')].map(
    ({ dataset }) => `${dataset.tool} ${dataset.status}`,
  );

describe('Calls', () => {
  test('that run at once all show that they run, and each when it is done', async () => {
    const script = new SessionScript().created().turn().call('a').call('b', 'grep', {}).call('c', 'run_command', {});
    const panel = await show(script);
    expect(statuses(panel.root)).toEqual(['read_file running', 'grep running', 'run_command running']);
    expect(panel.root.querySelectorAll('.tool .codicon-modifier-spin')).toHaveLength(3);
    script.stream({ type: 'toolCallSettled', callId: 'b', status: 'error', durationMs: 1 });
    await panel.act(events(script));
    expect(statuses(panel.root)).toEqual(['read_file running', 'grep error', 'run_command running']);
  });

  test('that ask wait', async () => {
    const panel = await show(new SessionScript().created().turn().call('a', 'run_command', { command: 'ls' }));
    const request = {
      sessionId: 'session-1',
      callId: 'a',
      toolName: 'run_command',
      title: 'Run ls',
      input: {},
      rule: 'x',
    };
    await panel.act({ type: 'permissionRequested', request });
    expect(statuses(panel.root)).toEqual(['run_command waiting']);
    expect(panel.find('item-tool').contains(panel.find('approval'))).toBe(true);
  });

  test('that are being written show what they will touch', async () => {
    const script = new SessionScript().created().turn();
    script.stream({
      type: 'toolCallDelta',
      callId: 'a',
      name: 'write_file',
      delta: '{"path":"src/a.ts","content":"const a',
    });
    const panel = await show(script);
    expect(panel.find('draft-tool').textContent).toContain('Writing src/a.ts…');
    expect(panel.find('draft-tool').querySelector('pre')?.textContent).toBe('const a');
  });
});

describe('Bodies', () => {
  test('of edits show the diff with its counts and a link to the file', async () => {
    const script = new SessionScript().created().turn();
    script.add({
      type: 'toolCallStarted',
      callId: 'a',
      replyId: 'r',
      name: 'edit_file',
      title: 'Edit src/a.ts',
      input: { path: 'src/a.ts' },
    });
    const hunks = [{ oldStart: 4, oldLines: 2, newStart: 4, newLines: 2, lines: [' same', '-old', '+new'] }];
    script.add({ type: 'fileChanged', callId: 'a', path: 'src/a.ts', kind: 'modified', hunks }).result('a');
    const panel = await show(script);
    const lines = [...panel.root.querySelectorAll('[data-testid="diff-line"]')].map((line) => line.textContent);
    expect(lines).toEqual(['4 same', '5−old', '5+new']);
    expect(panel.root.querySelector('.counts')?.textContent).toContain('+1');
    expect(panel.root.querySelector<HTMLElement>('.tool-path [data-path]')?.dataset.path).toBe('src/a.ts');
  });

  test('of long diffs are cut until asked for', async () => {
    const lines = Array.from({ length: 100 }, (_, i) => `+line ${i}`);
    const script = new SessionScript().created().turn().call('a', 'write_file');
    const hunks = [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 100, lines }];
    script.add({ type: 'fileChanged', callId: 'a', path: 'a', kind: 'created', hunks }).result('a');
    const panel = await show(script);
    expect(panel.root.querySelectorAll('[data-testid="diff-line"]')).toHaveLength(40);
    await panel.click(panel.root.querySelector('.link-button') as HTMLElement);
    expect(panel.root.querySelectorAll('[data-testid="diff-line"]')).toHaveLength(100);
  });

  test('of commands show the output as it comes, and are folded when it went well', async () => {
    const script = new SessionScript().created().turn().call('a', 'run_command', { command: 'npm test' });
    script.stream({ type: 'toolOutput', callId: 'a', offset: 0, text: '\u001b[32mpassed\u001b[0m\n' });
    const panel = await show(script);
    expect(panel.root.querySelector('.terminal-output .ansi-green-fg')?.textContent).toBe('passed');
    await panel.act(events(script.result('a', 'ok', 'passed')));
    expect(panel.root.querySelector('.terminal-output')).toBeNull();
    await panel.click(panel.root.querySelector('.tool-toggle') as HTMLElement);
    expect(panel.root.querySelector('.terminal-output')?.textContent).toBe('passed');
  });

  test('of failed calls are open; long output shows its end', async () => {
    const text = Array.from({ length: 500 }, (_, i) => `line ${i}`).join('\n');
    const panel = await show(
      new SessionScript().created().turn().call('a', 'run_command', {}).result('a', 'error', text),
    );
    const shown = panel.root.querySelector('.terminal-output')?.textContent ?? '';
    expect(shown.split('\n')).toHaveLength(200);
    expect(shown.endsWith('line 499')).toBe(true);
    expect(panel.root.textContent).toContain('Show 300 earlier lines');
  });
});
