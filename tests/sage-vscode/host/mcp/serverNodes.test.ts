import { expect, test, vi } from 'vitest';
import { nodesOf } from '../../../../sage-vscode/src/features/mcp/serverNodes';
import type { McpServerSummary } from '../../../../sage-vscode/src/protocol/generated';

vi.mock('vscode', () => ({
  l10n: { t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, index) => values[index] ?? '') },
}));

const tool = (name: string, enabled = true) => ({
  name,
  fullName: `mcp__git__${name}`,
  description: `Does ${name}.`,
  enabled,
  tokens: 40,
});

const server = (change: Partial<McpServerSummary> = {}): McpServerSummary => ({
  name: 'git',
  source: 'project',
  place: '.mcp.json',
  path: '/work/.mcp.json',
  key: 'git',
  what: 'npx git-server',
  state: 'ready',
  tools: [tool('log'), tool('push', false)],
  ...change,
});

const nodeOf = (change: Partial<McpServerSummary>) => {
  const [node] = nodesOf([server(change)], (moment) => `<${moment}>`);
  if (node === undefined) {
    throw new Error('There is no node.');
  }
  return node;
};

test('a server that serves is green, and says what its tools cost in each request', () => {
  const node = nodeOf({});
  expect([node.icon, node.color, node.detail]).toEqual([
    'circle-filled',
    'testing.iconPassed',
    '1 of 2 tools, 40 tokens',
  ]);
  expect(node.tooltip).toBe('npx git-server\nFrom .mcp.json');
  expect(node.tools.map(({ tool: { name, enabled }, detail }) => [name, enabled, detail])).toEqual([
    ['log', true, '40 tokens'],
    ['push', false, '40 tokens'],
  ]);
});

test('a red dot carries the reason, and when it is tried again', () => {
  const node = nodeOf({ state: 'failed', reason: 'exit code 3. It said: no token', restartsAt: '10:00' });
  expect(node.color).toBe('testing.iconFailed');
  expect(node.detail).toBe('exit code 3. It said: no token');
  expect(node.tooltip).toContain('It is started again at <10:00>.');
});

test.each<[string, Partial<McpServerSummary>, string]>([
  ['ready', {}, '|stoppable|restartable|logged|server|'],
  ['starting', { state: 'starting' }, '|stoppable|restartable|logged|server|'],
  ['failed', { state: 'failed', reason: 'gone' }, '|startable|stoppable|logged|server|'],
  ['failed by its configuration', { state: 'failed', reason: 'no command', what: '' }, '|server|'],
  ['stopped', { state: 'stopped' }, '|startable|logged|server|'],
  ['stopped for want of trust', { state: 'stopped', reason: 'not trusted' }, '|logged|server|'],
  ['disabled', { state: 'disabled', what: '', reason: 'so it says' }, '|server|'],
  ['waiting for consent', { state: 'waitingForConsent', reason: 'asked' }, '|asking|server|'],
])('what can be done with a server that is %s is what would work', (_, change, context) => {
  expect(nodeOf(change).context).toBe(context);
});

test('two servers that are called alike are two lines', () => {
  const nodes = nodesOf([server(), server({ path: '/work/.vscode/mcp.json', state: 'failed', what: '' })], String);
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(2);
});
