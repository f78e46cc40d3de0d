import { expect, test } from 'vitest';
import { History } from '../../../../sage-vscode/src/features/history/history';
import type { HistoryScope } from '../../../../sage-vscode/src/protocol/bridge';
import { ErrorCodes } from '../../../../sage-vscode/src/protocol/generated';
import { coded, FakeServer, settle } from '../fakes/fakeServer';

function history(file: string | null = null) {
  const server = new FakeServer();
  const calls: unknown[][] = [];
  const sessions = {
    current: 's1' as string | null,
    open: async (sessionId: string) => void calls.push(['open', sessionId]),
    startNew: () => void calls.push(['startNew']),
  };
  const files = {
    save: async (name: string, text: string) => {
      calls.push(['save', name, text]);
      return name;
    },
    read: async () => file,
  };
  return { server, calls, subject: new History(server, sessions, files) };
}

const at = (day: number) => `2026-01-0${day}T00:00:00Z`;
const query = (words = '', scope: HistoryScope = 'here', limit = 2) => ({ id: 1, words, scope, limit });
const session = (sessionId: string, more = {}) => ({ sessionId, title: `T ${sessionId}`, updatedAt: at(1), ...more });

test('one more than is wanted is asked for, which tells whether there are more', async () => {
  const { server, subject } = history();
  const page = subject.list(query());
  const request = server.take('sage/session/list');
  expect(request.params).toEqual({ limit: 3, everywhere: false });
  request.answer({ sessions: [session('a', { running: true }), session('b', { title: '' }), session('c')] });
  expect(await page).toEqual({
    sessions: [session('a', { state: 'running' }), session('c')],
    hasMore: true,
  });
});

test('words are searched for in what was said; in folders that are gone, in the titles', async () => {
  const { server, subject } = history();
  const page = subject.list(query(' cart ', 'everywhere'));
  const gone = session('g', { workspace: '/gone', updatedAt: at(3) });
  expect(server.waiting.map(({ params }) => params)).toEqual([
    { query: 'cart', limit: 3 },
    { query: 'cart', limit: 3, everywhere: true },
  ]);
  server.take('sage/session/search').answer({ matches: [{ ...session('a'), snippet: 'the cart', seq: 9 }] });
  server.take('sage/session/list').answer({ sessions: [session('a'), gone] });
  expect(await page).toEqual({ sessions: [gone, session('a', { snippet: 'the cart' })], hasMore: false });
});

test('a window without a folder has no sessions, and any other failure is one', async () => {
  const { server, subject } = history();
  const page = subject.list(query());
  server.take('sage/session/list').fail(coded(ErrorCodes.noWorkspace));
  expect(await page).toEqual({ sessions: [], hasMore: false });
  const failing = subject.list(query());
  server.take('sage/session/list').fail(new Error('The connection is closed.'));
  await expect(failing).rejects.toThrow('The connection is closed.');
});

test('the trash is asked for as such', async () => {
  const { server, subject } = history();
  void subject.list(query('cart', 'deleted'));
  expect(server.take('sage/session/list').params).toEqual({ limit: 3, query: 'cart', deleted: true });
});

test('a new question takes back the one before', async () => {
  const { server, subject } = history();
  void subject.list(query('c')).catch(() => {});
  const first = server.take('sage/session/search');
  void subject.list(query('ca'));
  expect(first.signal?.aborted).toBe(true);
  expect(server.take('sage/session/search').signal?.aborted).toBe(false);
});

test('the session that is open makes place for a new one when it is deleted, another does not', async () => {
  const { server, calls, subject } = history();
  const other = subject.delete('s2');
  server.take('sage/session/delete').answer({});
  await other;
  expect(calls).toEqual([]);
  const mine = subject.delete('s1');
  server.take('sage/session/delete').answer({});
  await mine;
  expect(calls).toEqual([['startNew']]);
});

test('an export goes to the file that the user names, under the name that the server suggests', async () => {
  const { server, calls, subject } = history();
  const exported = subject.export('s1', 'markdown');
  server.take('sage/session/export').answer({ fileName: 'carts.md', text: '# Carts' });
  expect(await exported).toBe('carts.md');
  expect(calls).toEqual([['save', 'carts.md', '# Carts']]);
});

test('an import is opened, and without a file nothing happens', async () => {
  expect(await history().subject.import()).toBe(false);
  const { server, calls, subject } = history('{"format":"sage-session"}');
  const imported = subject.import();
  await settle();
  const request = server.take('sage/session/import');
  expect(request.params).toEqual({ text: '{"format":"sage-session"}' });
  request.answer({ sessionId: 's9' });
  expect(await imported).toBe(true);
  expect(calls).toEqual([['open', 's9']]);
});
