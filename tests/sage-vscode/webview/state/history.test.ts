import { describe, expect, test } from 'vitest';
import type { SessionEntry } from '../../../../sage-vscode/src/protocol/bridge';
import { groupByDay, markWords, openedHistory, reduceHistory } from '../../../../sage-vscode/webview/state/history';

const page = { sessions: [], hasMore: false };
const entry = (sessionId: string, at: Date): SessionEntry => ({ sessionId, title: 'T', updatedAt: at.toISOString() });

describe('Answers', () => {
  const first = reduceHistory(openedHistory, { type: 'historyAsked', wish: { words: 'ca' } });
  const second = reduceHistory(first, { type: 'historyAsked', wish: { words: 'cart' } });

  test('to the last question are shown, stale ones are dropped', () => {
    expect(second.asked).toEqual({ id: 2, words: 'cart', scope: 'here', limit: 200 });
    expect(reduceHistory(second, { type: 'history', id: 1, page })).toBe(second);
    expect(reduceHistory(second, { type: 'historyFailed', id: 1, message: 'No.' })).toBe(second);
    expect(reduceHistory(second, { type: 'history', id: 2, page })).toMatchObject({ page, waiting: false });
  });

  test('stay in sight while the next is waited for, and a failure is told until one comes', () => {
    const answered = reduceHistory(second, { type: 'history', id: 2, page });
    const asked = reduceHistory(answered, { type: 'historyAsked', wish: {} });
    expect(asked).toMatchObject({ page, waiting: true });
    const failed = reduceHistory(asked, { type: 'historyFailed', id: 3, message: 'No.' });
    expect(failed).toMatchObject({ problem: 'No.', page, waiting: false });
    expect(reduceHistory(failed, { type: 'history', id: 3, page }).problem).toBeNull();
  });
});

test('What was deleted last can be restored until that is done', () => {
  const deleted = { sessionId: 's', title: 'T' };
  const state = reduceHistory(openedHistory, { type: 'historyChanged', deleted });
  expect(reduceHistory(state, { type: 'historyChanged' })).toMatchObject({ deleted, changes: 2 });
  expect(reduceHistory(state, { type: 'deletedForgotten' }).deleted).toBeNull();
});

describe('Sessions are grouped', () => {
  const now = new Date(2026, 2, 15, 9, 30);
  const titlesOf = (...dates: Date[]) =>
    groupByDay(
      dates.map((date, index) => entry(`${index}`, date)),
      now,
    ).map(({ title, sessions }) => `${title}: ${sessions.map(({ sessionId }) => sessionId)}`);

  test("by the user's own days", () => {
    expect(
      titlesOf(
        new Date(2026, 2, 15, 9, 0),
        new Date(2026, 2, 15, 0, 0),
        new Date(2026, 2, 14, 23, 59, 59),
        new Date(2026, 2, 13, 12, 0),
        new Date(2026, 2, 8, 0, 0),
        new Date(2026, 2, 7, 23, 59),
      ),
    ).toEqual(['Today: 0,1', 'Yesterday: 2', 'Last 7 days: 3,4', 'Older: 5']);
  });

  test('also where a clock was wrong', () => {
    const nonsense = { sessionId: 'x', title: 'T', updatedAt: 'never' };
    expect(titlesOf(new Date(2026, 2, 16))).toEqual(['Today: 0']);
    expect(groupByDay([nonsense], now)).toEqual([{ title: 'Older', sessions: [nonsense] }]);
  });
});

test('Words that were searched for are marked, in any case, and mean themselves', () => {
  const marked = (text: string, words: string) =>
    markWords(text, words)
      .map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
      .join('');
  expect(marked('The Cart, the cart', 'cart  THE')).toBe('[The] [Cart], [the] [cart]');
  expect(marked('a.b axb', 'a.b')).toBe('[a.b] axb');
  expect(marked('nothing', ' ')).toBe('nothing');
});
