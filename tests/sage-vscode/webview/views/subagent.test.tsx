// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { ToolRow } from '../../../../sage-vscode/webview/views/tools/toolRow';
import { type Panel, showPanel } from '../fakes/panel';

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
  expect(panel.sent).toEqual([{ type: 'stopCall', callId: 'c' }]);
});

test('One that is done is folded and cannot be stopped', async () => {
  const panel = await showPanel(<ToolRow tool={{ ...call, status: 'ok', text: 'found', inside }} />);
  expect(panel.has('stop-subagent')).toBe(false);
  expect(panel.has('subagent')).toBe(false);
});

test('Words for one are sent to it alone, and the field is empty again', async () => {
  const panel = await showPanel(<ToolRow tool={{ ...call, status: 'running', inside }} />);
  await write(panel, ' only the tests ');
  await submit(panel);
  expect(panel.sent).toEqual([{ type: 'steerSubagent', callId: 'c', id: expect.any(String), text: 'only the tests' }]);
  expect((panel.find('steer-subagent') as HTMLInputElement).value).toBe('');
  await submit(panel);
  expect(panel.sent).toHaveLength(1);
});

test('One in the background can be stopped and spoken to although its call has its result', async () => {
  const panel = await showPanel(<ToolRow tool={{ ...call, status: 'ok', text: 'b1', inside, beside: 'working' }} />);
  expect(panel.find('item-tool').textContent).toContain('in the background');
  expect(panel.has('steer-subagent')).toBe(true);
  await panel.click(panel.find('stop-subagent'));
  expect(panel.sent).toEqual([{ type: 'stopCall', callId: 'c' }]);
});

test('One in the background that has ended is folded and says how', async () => {
  const panel = await showPanel(<ToolRow tool={{ ...call, status: 'ok', text: 'b1', inside, beside: 'stopped' }} />);
  expect(panel.find('item-tool').textContent).toContain('stopped');
  expect(panel.has('subagent')).toBe(false);
  expect(panel.has('stop-subagent')).toBe(false);
});

async function write(panel: Panel, text: string): Promise<void> {
  const field = panel.find('steer-subagent') as HTMLInputElement;
  field.value = text;
  await act(() => void field.dispatchEvent(new InputEvent('input', { bubbles: true })));
}

/** What a browser does with Enter in the only field of a form. */
async function submit(panel: Panel): Promise<void> {
  const form = panel.find('steer-subagent').closest('form');
  await act(() => void form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));
}
