import { expect, test } from 'vitest';
import { McpServers } from '../../../../sage-vscode/src/features/mcp/mcpServers';
import type { ListMcpServersResult, McpServerSummary } from '../../../../sage-vscode/src/protocol/generated';
import { FakeServer, settle } from '../fakes/fakeServer';

const summary = (name: string, change: Partial<McpServerSummary> = {}): McpServerSummary => ({
  name,
  source: 'user',
  place: 'settings.json',
  path: '/home/settings.json',
  key: name,
  what: 'x',
  state: 'ready',
  tools: [],
  ...change,
});

const listOf = (...servers: McpServerSummary[]): ListMcpServersResult => ({
  servers,
  problems: [],
  userPath: '/home/settings.json',
});

function start() {
  const server = new FakeServer();
  const said: string[] = [];
  const servers = new McpServers(server, { error: (message) => said.push(message) });
  return { server, servers, said };
}

test('those that failed are known with their reasons, until the server process is gone', async () => {
  const { server, servers } = start();
  const looked = servers.refresh();
  server.take('sage/mcp/list').answer(listOf(summary('a'), summary('b', { state: 'failed', reason: 'exit code 3' })));
  await looked;
  expect(servers.failed).toEqual([{ name: 'b', reason: 'exit code 3' }]);

  server.become({ kind: 'starting' });
  expect(servers.list).toBeNull();
  expect(servers.failed).toEqual([]);
});

test('no server process is started to refresh, and one is to look', async () => {
  const { server, servers } = start();
  server.become({ kind: 'idle' });
  await servers.refresh();
  expect(server.waiting).toEqual([]);

  void servers.look();
  server.take('sage/mcp/list').answer(listOf());
});

test('the list is asked for again when it has changed, and not when somebody has only said something', () => {
  const { server } = start();
  server.mcpChanged.emit({ servers: false, logs: ['a'] });
  expect(server.waiting).toEqual([]);
  server.mcpChanged.emit({ servers: true, logs: [] });
  expect(server.waiting.map(({ method }) => method)).toEqual(['sage/mcp/list']);
});

test('an answer that comes after a later one is not shown', async () => {
  const { server, servers } = start();
  void servers.refresh();
  void servers.refresh();
  const [early, late] = [server.take('sage/mcp/list'), server.take('sage/mcp/list')];
  late.answer(listOf(summary('new')));
  await settle();
  early.answer(listOf(summary('old')));
  await settle();
  expect(servers.list?.servers.map(({ name }) => name)).toEqual(['new']);
});

test('a tool that could not be switched is shown as it is', async () => {
  const { server, servers } = start();
  const switched = servers.setTool('a', 'push', false);
  const request = server.take('sage/mcp/setTool');
  expect(request.params).toEqual({ server: 'a', tool: 'push', enabled: false });
  request.fail(new Error('The disk is full.'));
  await settle();
  server.take('sage/mcp/list').answer(listOf(summary('a')));
  await expect(switched).rejects.toThrow('The disk is full.');
  expect(servers.list?.servers).toHaveLength(1);
});

test('a list that does not come is in the log, and the last one stays', async () => {
  const { server, servers, said } = start();
  const looked = servers.refresh();
  server.take('sage/mcp/list').fail(new Error('gone'));
  await looked;
  expect(said).toEqual(['Looking at the MCP servers: gone']);
});
