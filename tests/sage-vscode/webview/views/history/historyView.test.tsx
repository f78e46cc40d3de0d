// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionEntry } from '../../../../../sage-vscode/src/protocol/bridge';
import { HistoryView } from '../../../../../sage-vscode/webview/views/history/historyView';
import { settleMs } from '../../../../../sage-vscode/webview/views/history/useSearch';
import { type Panel, showPanel } from '../../fakes/panel';

const now = new Date(2026, 2, 15, 9, 30);

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const entry = (sessionId: string, title: string, more: Partial<SessionEntry> = {}): SessionEntry => ({
  sessionId,
  title,
  updatedAt: now.toISOString(),
  ...more,
});
const sessions = [
  entry('a', 'Fix the parser', { state: 'running' }),
  entry('b', 'Write tests', { updatedAt: new Date(2026, 2, 14).toISOString(), changedFiles: 3, isFork: true }),
  entry('c', 'Old and gone', { updatedAt: new Date(2025, 1, 1).toISOString(), workspace: '/home/me/shop' }),
];

async function show(list: readonly SessionEntry[] = sessions, hasMore = false): Promise<Panel> {
  const panel = await showPanel(<HistoryView />);
  await panel.act({ type: 'showHistory' });
  await answer(panel, list, hasMore);
  return panel;
}

const answer = (panel: Panel, list: readonly SessionEntry[], hasMore = false) =>
  panel.act({
    type: 'history',
    id: panel.store.state.peek().history?.asked.id ?? 0,
    page: { sessions: list, hasMore },
  });
const search = (panel: Panel) => panel.find('history-search') as HTMLInputElement;
const write = async (panel: Panel, words: string) => {
  search(panel).value = words;
  await act(() => void search(panel).dispatchEvent(new InputEvent('input', { bubbles: true })));
};
const asked = (panel: Panel) => panel.sent.flatMap((message) => (message.type === 'listHistory' ? [message] : []));
const row = (panel: Panel, id: string) => panel.root.querySelector(`[data-row="${id}"]`) as HTMLElement;
const button = (panel: Panel, id: string, testId: string) =>
  row(panel, id).parentElement?.querySelector(`[data-testid="${testId}"]`) as HTMLElement;

test('Sessions stand under their days, each with its age, its state, its changes and the folder that is gone', async () => {
  const panel = await show();
  expect([...panel.root.querySelectorAll('h3')].map((title) => title.textContent)).toEqual([
    'Today',
    'Yesterday',
    'Older',
  ]);
  expect([...panel.root.querySelectorAll('.history-facts')].map((facts) => facts.textContent)).toEqual([
    ' Running now',
    'yesterday3 files changedfork',
    'Feb 1, 2025 shop',
  ]);
});

test('The view asks as it opens and when sessions have changed', async () => {
  const panel = await show();
  await panel.act({ type: 'historyChanged' });
  expect(asked(panel).map(({ id, words, scope }) => [id, words, scope])).toEqual([
    [1, '', 'here'],
    [2, '', 'here'],
  ]);
});

test('The search waits until the user has stopped typing, and Enter opens what was found for just these words', async () => {
  const panel = await show();
  await write(panel, 'te');
  vi.advanceTimersByTime(settleMs - 1);
  await write(panel, 'tests');
  await panel.press(search(panel), 'Enter');
  vi.advanceTimersByTime(settleMs);
  await panel.act();
  expect(asked(panel).map(({ words }) => words)).toEqual(['', 'tests']);
  await panel.press(search(panel), 'Enter');
  expect(panel.sent.filter(({ type }) => type === 'openSession')).toEqual([]);
  await answer(panel, [entry('b', 'Write tests', { snippet: 'the tests are red' })]);
  expect([...panel.root.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['tests', 'tests']);
  await panel.press(search(panel), 'Enter');
  expect(panel.sent.at(-1)).toEqual({ type: 'openSession', sessionId: 'b' });
  expect(panel.store.state.peek().history).toBeNull();
});

test('The arrows lead through the sessions and back to the search, and Escape leads back to the conversation', async () => {
  const panel = await show();
  expect(document.activeElement).toBe(search(panel));
  await panel.press(search(panel), 'ArrowDown');
  expect(document.activeElement).toBe(row(panel, 'a'));
  await panel.press(row(panel, 'a'), 'End');
  expect(document.activeElement).toBe(row(panel, 'c'));
  expect([...panel.root.querySelectorAll('[data-row]')].map((other) => other.getAttribute('tabindex'))).toEqual([
    '-1',
    '-1',
    '0',
  ]);
  await panel.press(row(panel, 'c'), 'ArrowUp');
  await panel.press(row(panel, 'b'), 'ArrowUp');
  await panel.press(row(panel, 'a'), 'ArrowUp');
  expect(document.activeElement).toBe(search(panel));
  await panel.press(search(panel), 'Escape');
  expect(panel.store.state.peek()).toMatchObject({ history: null, focusRequest: { late: false } });
});

test('F2 renames in place: Enter keeps the name, Escape does not, and the focus comes back to the session', async () => {
  const panel = await show();
  for (const [name, key] of [
    ['Nothing', 'Escape'],
    ['Parser', 'Enter'],
  ] as const) {
    await panel.press(row(panel, 'a'), 'F2');
    const field = panel.find('rename-field') as HTMLInputElement;
    expect(field.value).toBe('Fix the parser');
    field.value = name;
    await panel.press(field, key);
    vi.advanceTimersByTime(1);
    expect(document.activeElement).toBe(row(panel, 'a'));
  }
  expect(panel.sent.filter(({ type }) => type === 'renameSession')).toEqual([
    { type: 'renameSession', sessionId: 'a', title: 'Parser' },
  ]);
});

test('Delete moves a session to the trash, the focus to the next one, and Undo restores it', async () => {
  const panel = await show();
  row(panel, 'a').focus();
  await panel.press(row(panel, 'a'), 'Delete');
  expect(panel.sent.at(-1)).toEqual({ type: 'deleteSession', sessionId: 'a', title: 'Fix the parser' });
  await panel.act({ type: 'historyChanged', deleted: { sessionId: 'a', title: 'Fix the parser' } });
  await answer(panel, sessions.slice(1));
  expect(document.activeElement).toBe(row(panel, 'b'));
  expect(panel.find('history-deleted').textContent).toContain('Deleted “Fix the parser”.');
  await panel.click(panel.find('undo-delete'));
  expect(panel.sent.at(-1)).toEqual({ type: 'restoreSession', sessionId: 'a' });
  expect(panel.has('history-deleted')).toBe(false);
});

test('Forks and exports are a button away; a session of a folder that is gone can only be opened', async () => {
  const panel = await show();
  await panel.click(button(panel, 'b', 'export-markdown'));
  await panel.click(button(panel, 'b', 'export-json'));
  await panel.click(panel.find('import-session'));
  await panel.click(button(panel, 'b', 'fork-session'));
  expect(panel.sent.slice(-4)).toEqual([
    { type: 'exportSession', sessionId: 'b', format: 'markdown' },
    { type: 'exportSession', sessionId: 'b', format: 'json' },
    { type: 'importSession' },
    { type: 'forkSession', sessionId: 'b' },
  ]);
  await panel.act({ type: 'showHistory' });
  await answer(panel, sessions);
  await panel.press(row(panel, 'c'), 'Delete');
  expect(row(panel, 'c').parentElement?.querySelectorAll('.icon-button')).toHaveLength(0);
  expect(panel.sent.filter(({ type }) => type === 'deleteSession')).toEqual([]);
});

test('The trash shows what can be restored, and nothing in it opens', async () => {
  const panel = await show();
  await panel.click(panel.find('scope-deleted'));
  expect(asked(panel).at(-1)).toMatchObject({ scope: 'deleted' });
  await answer(panel, [entry('d', 'Gone')]);
  await panel.press(row(panel, 'd'), 'Enter');
  await panel.click(panel.find('restore-session'));
  expect(panel.sent.slice(-2)).toEqual(Array(2).fill({ type: 'restoreSession', sessionId: 'd' }));
});

test('It says that it loads, that there is nothing, and what went wrong', async () => {
  const panel = await showPanel(<HistoryView />);
  await panel.act({ type: 'showHistory' });
  expect(panel.root.textContent).toContain('Loading…');
  await answer(panel, []);
  expect(panel.root.textContent).toContain('No sessions yet.');
  await panel.act({ type: 'historyChanged' });
  await panel.act({ type: 'historyFailed', id: 2, message: 'The disk is gone.' });
  expect(panel.root.querySelector('[role=alert]')?.textContent).toContain('The disk is gone.');
});

test('Of two thousand sessions two hundred are drawn, and more when asked for', async () => {
  const many = Array.from({ length: 200 }, (_, index) => entry(`${index}`, `Session ${index}`));
  const panel = await show(many, true);
  expect(panel.root.querySelectorAll('[data-row]')).toHaveLength(200);
  await panel.click(panel.find('history-more'));
  expect(asked(panel).at(-1)).toMatchObject({ limit: 400 });
});
