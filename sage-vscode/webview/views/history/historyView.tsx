import { useMemo, useRef } from 'preact/hooks';
import type { HistoryScope } from '../../../src/protocol/bridge';
import { plural, t } from '../../l10n';
import { askHistory, closeHistory } from '../../state/commands';
import { groupByDay, type HistoryState, pageSize } from '../../state/history';
import { shorten } from '../../text/format';
import { IconButton } from '../controls/controls';
import { useSelect, useStore } from '../storeContext';
import { HistoryRow } from './historyRow';
import { useListFocus } from './useListFocus';
import { useSearch } from './useSearch';

/** All sessions: to find one, open it, and put the others in order. */
export function HistoryView() {
  const history = useSelect((state) => state.history);
  return history === null ? null : <OpenHistory history={history} />;
}

function OpenHistory({ history }: { history: HistoryState }) {
  const store = useStore();
  const { asked, page } = history;
  const view = useRef<HTMLElement>(null);
  const search = useSearch();
  const focus = useListFocus(view, page?.sessions);
  const groups = useMemo(() => groupByDay(page?.sessions ?? [], new Date()), [page]);
  return (
    <section
      ref={view}
      class="history"
      aria-label={t('History')}
      data-testid="history"
      onKeyDown={focus.onKeyDown}
      onFocusIn={focus.onFocusIn}
    >
      <div class="history-head">
        <IconButton icon="arrow-left" label={t('Back to the conversation')} onClick={() => closeHistory(store)} />
        <h2>{t('History')}</h2>
        <span class="spacer" />
        <button
          type="button"
          class="link-button"
          data-testid="import-session"
          onClick={() => store.send({ type: 'importSession' })}
        >
          {t('Import…')}
        </button>
      </div>
      <input
        ref={focusOnce}
        class="text-field"
        type="text"
        data-testid="history-search"
        aria-label={t('Search sessions')}
        placeholder={t('Search titles, prompts and replies')}
        value={search.words}
        onInput={(event) => search.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing && search.isSettled) {
            focus.openFirst();
          }
        }}
      />
      <Scopes scope={asked.scope} />
      <div class="history-list" data-testid="history-list" aria-busy={history.waiting}>
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3 class="history-group">{group.title}</h3>
            <ul>
              {group.sessions.map((session) => (
                <HistoryRow
                  key={session.sessionId}
                  session={session}
                  words={asked.words}
                  isDeleted={asked.scope === 'deleted'}
                  isReached={session.sessionId === focus.reached}
                />
              ))}
            </ul>
          </section>
        ))}
        <Ending history={history} />
      </div>
      <DeletedLine history={history} />
    </section>
  );
}

/** The view is opened to be searched. */
const focusOnce = (field: HTMLInputElement | null) => field?.focus();

const scopes = (): readonly (readonly [HistoryScope, string, string])[] => [
  ['here', t('This folder'), t('Sessions of this folder')],
  [
    'everywhere',
    t('All folders'),
    t('Also sessions of folders that were moved, renamed or deleted; opening one brings it here'),
  ],
  ['deleted', t('Deleted'), t('Sessions in the trash, where they stay for 30 days')],
];

function Scopes({ scope }: { scope: HistoryScope }) {
  const store = useStore();
  return (
    <fieldset class="history-scopes" aria-label={t('Which sessions')}>
      {scopes().map(([id, label, title]) => (
        <button
          key={id}
          type="button"
          class="history-scope"
          title={title}
          aria-pressed={id === scope}
          data-testid={`scope-${id}`}
          onClick={() => askHistory(store, { scope: id, limit: pageSize })}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** Below the rows: that there are none, that there are more, or what went wrong. */
function Ending({ history }: { history: HistoryState }) {
  const store = useStore();
  const { page, problem, waiting, asked } = history;
  if (problem !== null) {
    return (
      <p class="history-note" role="alert">
        {t('The sessions could not be read. {0}', problem)}{' '}
        <button type="button" class="link-button" onClick={() => askHistory(store)}>
          {t('Try again')}
        </button>
      </p>
    );
  }
  if (page === null) {
    return (
      <p class="history-note" role="status">
        {t('Loading…')}
      </p>
    );
  }
  const count = page.sessions.length;
  return (
    <>
      {count === 0 && !waiting && <p class="history-note">{emptyWords(history)}</p>}
      {page.hasMore && (
        <button
          type="button"
          class="link-button"
          data-testid="history-more"
          onClick={() => askHistory(store, { limit: asked.limit + pageSize })}
        >
          {t('Show more')}
        </button>
      )}
      <p class="sr-only" role="status">
        {waiting ? '' : plural(count, '1 session', '{0} sessions')}
      </p>
    </>
  );
}

function emptyWords({ asked: { words, scope } }: HistoryState): string {
  if (words.trim() !== '') {
    return t('Nothing found for “{0}”.', shorten(words, 40));
  }
  return scope === 'deleted'
    ? t('The trash is empty.')
    : t('No sessions yet. They appear here once you have sent a prompt.');
}

function DeletedLine({ history: { deleted } }: { history: HistoryState }) {
  const store = useStore();
  return (
    <div role="status">
      {deleted !== null && (
        <p class="history-deleted" data-testid="history-deleted">
          <span>{t('Deleted “{0}”.', shorten(deleted.title, 60))}</span>
          <button
            type="button"
            class="link-button"
            data-testid="undo-delete"
            onClick={() => {
              store.act({ type: 'deletedForgotten' });
              store.send({ type: 'restoreSession', sessionId: deleted.sessionId });
            }}
          >
            {t('Undo')}
          </button>
        </p>
      )}
    </div>
  );
}
