// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { RunningWork } from '../../../../sage-vscode/src/protocol/generated';
import { StopTree } from '../../../../sage-vscode/webview/views/transcript/stopTree';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

const work = (id: number, what: string, change: Partial<RunningWork> = {}): RunningWork => ({
  id,
  kind: 'toolCall',
  what,
  state: 'stopping',
  ageMs: 10,
  parentId: 1,
  ...change,
});

test('Each line of what is being stopped turns quiet when it has ended', async () => {
  const panel = await showPanel(<StopTree />);
  const script = new SessionScript()
    .created()
    .turn()
    .stream({
      type: 'stopping',
      work: [
        work(2, 'reply of Claude', { kind: 'modelRequest' }),
        work(3, 'run_command: npm test'),
        work(4, 'npm test', { kind: 'process', parentId: 3, pid: 4711 }),
      ],
    });
  await panel.act({ type: 'events', events: script.events });
  const lines = () =>
    [...panel.root.querySelectorAll('li')].map((line) => [
      line.getAttribute('data-quiet'),
      line.querySelector('.stopped-line')?.textContent,
    ]);
  expect(lines()).toEqual([
    ['false', 'reply of Claude'],
    ['false', 'run_command: npm test'],
    ['false', 'npm test'],
  ]);
  script
    .stream({ type: 'workStopped', id: 2, parentId: 1, what: 'reply of Claude', how: 'cancelled', ms: 1 })
    .stream({ type: 'workStopped', parentId: 3, what: 'node (process 4712)', how: 'ended by SIGTERM', ms: 40 });
  await panel.act({ type: 'events', events: script.events.slice(-2) });
  expect(lines()).toEqual([
    ['true', 'reply of Claudecancelled · 1 ms'],
    ['false', 'run_command: npm test'],
    ['true', 'node (process 4712)ended by SIGTERM · 40 ms'],
  ]);
  script.end('turn-1', 'interrupted');
  await panel.act({ type: 'events', events: script.events.slice(-1) });
  expect(panel.root.querySelectorAll('li')).toHaveLength(0);
});
