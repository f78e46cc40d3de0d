import { expect, test } from 'vitest';
import { RestartPolicy } from '../../../../sage-vscode/src/server/restartPolicy';
import { SageServer } from '../../../../sage-vscode/src/server/sageServer';
import { ServerMissing } from '../../../../sage-vscode/src/server/serverFiles';
import { FakeConnections } from '../fakes/fakeConnections';
import { settle } from '../fakes/fakeServer';

function server() {
  const connections = new FakeConnections();
  const slept: number[] = [];
  const states: string[] = [];
  const sage = new SageServer(connections.connect, new RestartPolicy(() => 0), async (ms) => void slept.push(ms), {
    warn: () => {},
  });
  sage.stateChanged.subscribe((state) => states.push(state.kind));
  return { sage, connections, slept, states };
}

const list = (sage: SageServer) => sage.request('sage/session/list', {});

test('no process runs before something is asked of it', async () => {
  const { sage, connections, states } = server();
  expect(connections.made).toHaveLength(0);
  await list(sage);
  expect(connections.made).toHaveLength(1);
  expect(states).toEqual(['starting', 'running']);
});

test('two requests at once share one start', async () => {
  const { sage, connections } = server();
  await Promise.all([list(sage), list(sage)]);
  expect(connections.made).toHaveLength(1);
  expect(connections.last.sent).toHaveLength(2);
});

test('what must be done before use is done before the first request, after every start', async () => {
  const { sage, connections } = server();
  sage.beforeUse(async (send) => void (await send('sage/model/setKey', { provider: 'p', key: 'k' })));
  await list(sage);
  connections.last.listener.closed();
  await list(sage);
  expect(connections.made.map(({ sent }) => sent.map(({ method }) => method))).toEqual([
    ['sage/model/setKey', 'sage/session/list'],
    ['sage/model/setKey', 'sage/session/list'],
  ]);
});

test('a crash starts a new process after the delay, and requests wait for it', async () => {
  const { sage, connections, slept, states } = server();
  await list(sage);
  connections.last.listener.closed();
  await list(sage);
  expect(connections.made).toHaveLength(2);
  expect(slept).toEqual([250]);
  expect(states).toEqual(['starting', 'running', 'starting', 'starting', 'running']);
});

test('a start that fails is tried again', async () => {
  const { sage, connections, slept } = server();
  connections.startResults.push(new Error('broken pipe'), null);
  await list(sage);
  expect(connections.made).toHaveLength(2);
  expect(connections.made[0]?.stopped).toBe(true);
  expect(slept).toEqual([250]);
});

test('after too many crashes it stays down and says so, until the user restarts it', async () => {
  const { sage, connections } = server();
  connections.startResults.push(...Array.from({ length: 6 }, () => new Error('no such library')));
  await expect(list(sage)).rejects.toThrow('stopped too often (no such library)');
  expect(connections.made).toHaveLength(6);
  expect(sage.state).toMatchObject({ kind: 'stopped', canRestart: true });
  await expect(list(sage)).rejects.toThrow('stopped too often');
  expect(connections.made).toHaveLength(6);
  await sage.restart();
  expect(sage.state.kind).toBe('running');
});

test('a missing executable is reported at once, without retries', async () => {
  const { sage, connections, slept } = server();
  connections.failure = new ServerMissing('The Sage server is missing.');
  await expect(list(sage)).rejects.toThrow('The Sage server is missing.');
  expect(slept).toEqual([]);
  expect(sage.state).toMatchObject({ kind: 'stopped', message: 'The Sage server is missing.' });
});

test('a restart stops the old process, and its last words count no more', async () => {
  const { sage, connections } = server();
  const seen: string[] = [];
  sage.events.subscribe(({ sessionId }) => seen.push(sessionId));
  await list(sage);
  const old = connections.last;
  await sage.restart();
  old.listener.event({ sessionId: 'old', event: { type: 'notice', text: '' } });
  old.listener.closed();
  connections.last.listener.event({ sessionId: 'new', event: { type: 'notice', text: '' } });
  await settle();
  expect(old.stopped).toBe(true);
  expect(connections.made).toHaveLength(2);
  expect(seen).toEqual(['new']);
});

test('a stopped server is stopped for good while a crash waits for its restart', async () => {
  const connections = new FakeConnections();
  let wake = () => {};
  const sage = new SageServer(
    connections.connect,
    new RestartPolicy(() => 0),
    () => new Promise((resolve) => (wake = resolve)),
    { warn: () => {} },
  );
  await list(sage);
  connections.last.listener.closed();
  await sage.stop();
  wake();
  await settle();
  expect(connections.made).toHaveLength(1);
  expect(sage.state.kind).toBe('idle');
});

test('news of MCP servers comes from the process that runs now, and from no earlier one', async () => {
  const { sage, connections } = server();
  const heard: string[] = [];
  sage.mcpChanged.subscribe(({ logs }) => heard.push(...logs));
  await list(sage);
  const first = connections.last.listener;
  first.mcpChanged({ servers: false, logs: ['a'] });
  await sage.restart();
  first.mcpChanged({ servers: false, logs: ['b'] });
  connections.last.listener.mcpChanged({ servers: false, logs: ['c'] });
  expect(heard).toEqual(['a', 'c']);
});
