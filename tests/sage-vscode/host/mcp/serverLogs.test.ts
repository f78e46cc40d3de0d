import { beforeEach, expect, test, vi } from 'vitest';
import { ServerLogs } from '../../../../sage-vscode/src/features/mcp/serverLogs';
import type { McpLogLine } from '../../../../sage-vscode/src/protocol/generated';
import { FakeServer, settle } from '../fakes/fakeServer';

const channels = vi.hoisted(() => new Map<string, string[]>());

vi.mock('vscode', () => ({
  Disposable: { from: () => ({ dispose: () => {} }) },
  window: {
    createOutputChannel: (name: string) => {
      const lines: string[] = [];
      channels.set(name, lines);
      return { appendLine: (line: string) => lines.push(line), show: () => lines.push('(shown)'), dispose: () => {} };
    },
  },
}));

const line = (number: number, text: string): McpLogLine => ({
  number,
  at: '2026-11-30T17:31:50.6610357+00:00',
  isNotice: number === 1,
  text,
});

async function showLog() {
  const server = new FakeServer();
  const logs = new ServerLogs(server);
  const shown = logs.show('deploy');
  server.take('sage/mcp/log').answer({ lines: [line(1, 'It is started'), line(2, 'DEPLOY_TOKEN is not set')] });
  await shown;
  return { server, lines: channels.get('Sage MCP: deploy') ?? [] };
}

beforeEach(() => channels.clear());

test('The log of a server is shown with what it has said, and when', async () => {
  const { lines } = await showLog();
  expect(lines).toEqual([
    '2026-11-30 17:31:50.661 [info] It is started',
    '2026-11-30 17:31:50.661 [stderr] DEPLOY_TOKEN is not set',
    '(shown)',
  ]);
});

test('What it says from then on is added once, also when two notices of it cross', async () => {
  const { server, lines } = await showLog();
  server.mcpChanged.emit({ servers: false, logs: ['deploy', 'another'] });
  server.mcpChanged.emit({ servers: false, logs: ['deploy'] });
  const [first, second] = [server.take('sage/mcp/log'), server.take('sage/mcp/log')];
  expect(first.params).toEqual({ server: 'deploy', after: 2 });
  first.answer({ lines: [line(3, 'again')] });
  second.answer({ lines: [line(3, 'again'), line(4, 'and more')] });
  await settle();
  expect(lines.slice(3).map((text) => text.slice(24))).toEqual(['[stderr] again', '[stderr] and more']);
});

test('A server process that was started again counts anew', async () => {
  const { server, lines } = await showLog();
  server.become({ kind: 'starting' });
  server.become({ kind: 'running' });
  server.mcpChanged.emit({ servers: false, logs: ['deploy'] });
  server.take('sage/mcp/log').answer({ lines: [line(1, 'It is started')] });
  await settle();
  expect(lines.at(-1)).toContain('It is started');
});
