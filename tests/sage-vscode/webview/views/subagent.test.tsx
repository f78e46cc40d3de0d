// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { ToolRow } from '../../../../sage-vscode/webview/views/tools/toolRow';
import { showPanel } from '../fakes/panel';

const call = {
  kind: 'tool',
  id: 'c',
  replyId: 'r',
  name: 'run_subagent',
  title: 'explore: look',
  input: { kind: 'explore', task: 'look' },
  text: '',
  durationMs: 0,
  images: [],
  changes: [],
  answer: null,
} as const;
const inside = {
  steps: 2,
  lines: [
    { kind: 'words', id: 'r1', text: 'Looking.' },
    { kind: 'call', id: 'x', name: 'grep', title: 'Search a', status: 'running', text: '' },
  ],
} as const;

test('A running sub-agent shows what it does, a line each, and is stopped alone', async () => {
  const panel = await showPanel(<ToolRow tool={{ ...call, status: 'running', inside }} />);
  const lines = [...panel.root.querySelectorAll('[data-testid="subagent-line"]')].map((line) => line.textContent);
  expect(lines).toEqual(['Looking.', 'Search arunning']);
  expect(panel.find('item-tool').textContent).toContain('2 steps');
  await panel.click(panel.find('stop-subagent'));
  expect(panel.sent).toEqual([{ type: 'stopSubagent', callId: 'c' }]);
});

test('One that is done is folded and cannot be stopped', async () => {
  const panel = await showPanel(<ToolRow tool={{ ...call, status: 'ok', text: 'found', inside }} />);
  expect(panel.has('stop-subagent')).toBe(false);
  expect(panel.has('subagent')).toBe(false);
});
