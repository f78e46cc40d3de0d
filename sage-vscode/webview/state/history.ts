import type { HistoryPage, HistoryQuery, SessionEntry, ToWebview } from '../../src/protocol/bridge';
import { t } from '../l10n';

/** What the history view shows, and what it waits for. */
export interface HistoryState {
  /** The last thing that was asked; answers to anything else are stale. */
  readonly asked: HistoryQuery;
  readonly waiting: boolean;
  /** Null until the first answer has come. */
  readonly page: HistoryPage | null;
  readonly problem: string | null;
  /** What was deleted last, and can be restored. */
  readonly deleted: Pick<SessionEntry, 'sessionId' | 'title'> | null;
  /** How often the sessions have changed while they are shown. */
  readonly changes: number;
}

export type HistoryWish = Partial<Omit<HistoryQuery, 'id'>>;

export type HistoryAction =
  | { readonly type: 'historyAsked'; readonly wish: HistoryWish }
  | { readonly type: 'deletedForgotten' };

/** So many rows are drawn at once without a pause; more when the user asks for them. */
export const pageSize = 200;

export const openedHistory: HistoryState = {
  asked: { id: 0, words: '', scope: 'here', limit: pageSize },
  waiting: false,
  page: null,
  problem: null,
  deleted: null,
  changes: 0,
};

type HostAction = Extract<ToWebview, { type: 'history' | 'historyFailed' | 'historyChanged' }>;

export function reduceHistory(state: HistoryState, action: HistoryAction | HostAction): HistoryState {
  switch (action.type) {
    case 'historyAsked':
      return { ...state, asked: { ...state.asked, ...action.wish, id: state.asked.id + 1 }, waiting: true };
    case 'history':
      return action.id === state.asked.id ? { ...state, page: action.page, problem: null, waiting: false } : state;
    case 'historyFailed':
      return action.id === state.asked.id ? { ...state, problem: action.message, waiting: false } : state;
    case 'historyChanged':
      return { ...state, changes: state.changes + 1, deleted: action.deleted ?? state.deleted };
    default:
      return { ...state, deleted: null };
  }
}

export interface SessionGroup {
  readonly title: string;
  readonly sessions: readonly SessionEntry[];
}

/** By the user's own days. */
export function groupByDay(sessions: readonly SessionEntry[], now: Date): readonly SessionGroup[] {
  const day = (ago: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - ago).getTime();
  const older = t('Older');
  const limits = [
    [t('Today'), day(0)],
    [t('Yesterday'), day(1)],
    [t('Last 7 days'), day(7)],
    [older, Number.NEGATIVE_INFINITY],
  ] as const;
  const titleOf = ({ updatedAt }: SessionEntry) => {
    const at = Date.parse(updatedAt);
    return limits.find(([, from]) => at >= from)?.[0] ?? older;
  };
  return limits
    .map(([title]) => ({ title, sessions: sessions.filter((session) => titleOf(session) === title) }))
    .filter((group) => group.sessions.length > 0);
}

/** The pieces of a text, those that are one of the words marked. */
export function markWords(text: string, words: string): readonly { readonly text: string; readonly hit: boolean }[] {
  const wanted = words.trim().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) {
    return [{ text, hit: false }];
  }
  const any = wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pieces = text.split(new RegExp(`(${any})`, 'gi'));
  return pieces.map((piece, index) => ({ text: piece, hit: index % 2 === 1 })).filter((piece) => piece.text !== '');
}
