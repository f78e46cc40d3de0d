// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { BackgroundPanel } from '../../../../sage-vscode/webview/views/shell/backgroundPanel';
import { ToolRow } from '../../../../sage-vscode/webview/views/tools/toolRow';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

test('What runs in the background is listed with its output, can be stopped, and leaves when it has ended', async () => {
  const panel = await showPanel(<BackgroundPanel />);
  expect(panel.has('background')).toBe(false);
  const script = new SessionScript()
    .created()
    .turn()
    .call('c', 'run_command', { command: 'npm run dev', background: true })
    .add({ type: 'backgroundStarted', taskId: 'b1', callId: 'c', title: 'npm run dev' })
    .result('c')
    .end()
    .stream({ type: 'backgroundOutput', taskId: 'b1', offset: 0, text: 'ready\nlistening on 5173\n' });
  await panel.act({ type: 'events', events: script.events });
  expect(panel.find('background-task').textContent).toBe('npm run devlistening on 5173');
  await panel.click(panel.root.querySelector('.dock-head') as HTMLElement);
  expect(panel.root.querySelector('.terminal-output')?.textContent).toContain('ready');
  await panel.click(panel.find('background-keep'));
  await panel.click(panel.find('background-stop'));
  expect(panel.sent).toEqual([
    { type: 'keepBackground', taskId: 'b1' },
    { type: 'stopBackground', taskId: 'b1' },
  ]);
  script.add({ type: 'backgroundEnded', taskId: 'b1', how: 'stopped', ms: 900 });
  await panel.act({ type: 'events', events: script.events.slice(-1) });
  expect(panel.has('background')).toBe(false);
});

test('A running command can be moved to the background', async () => {
  const outcome = { status: 'running', text: '', durationMs: 0, images: [], changes: [], answer: null } as const;
  const call = { kind: 'tool', id: 'c', replyId: 'r', name: 'run_command', title: 'npm test', input: {} } as const;
  const panel = await showPanel(<ToolRow tool={{ ...call, ...outcome }} />);
  await panel.click(panel.find('to-background'));
  expect(panel.sent).toEqual([{ type: 'moveToBackground', callId: 'c' }]);
});
