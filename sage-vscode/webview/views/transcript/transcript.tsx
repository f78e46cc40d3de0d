import { useComputed } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { t } from '../../l10n';
import { requestsOf } from '../../state/chatState';
import { makeRowBuilder, type Row } from '../../state/rows';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';
import { FindBar } from './find/findBar';
import { useFind } from './find/useFind';
import { RowView } from './row';
import { EarlierRow, earlierHeight, useWasCut } from './scroll/earlierRow';
import { useEarlier } from './scroll/useEarlier';
import { useFollow } from './scroll/useFollow';
import { useReveal } from './scroll/useReveal';

/** The conversation: only what is in sight is in the page, however long it gets. */
export function Transcript() {
  const store = useStore();
  const buildRows = useMemo(makeRowBuilder, []);
  const rows = useComputed(() => buildRows(store.state.value.transcript.items)).value;
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const follow = useFollow(scroller, store);
  const earlier = useEarlier(scroller);
  const wasCut = useWasCut();
  const waiting = useWaitingRows(rows);
  useReveal(rows, list, follow.release);
  const find = useFind({ rows, scroller, list, release: follow.release });

  const sent = useSelect((state) => state.outbox);
  useEffect(() => {
    if (sent !== null) {
      follow.toEnd();
    }
  }, [sent]);

  return (
    <>
      <FindBar {...find} />
      <section
        class="transcript"
        ref={scroller}
        data-scroller
        data-testid="transcript"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        aria-label={t('Conversation')}
        onScroll={() => {
          follow.onScroll();
          earlier.onScroll();
        }}
        onWheel={follow.onWheel}
      >
        {wasCut && <EarlierRow />}
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={rows}
          bufferSize={400}
          shift={earlier.isGrowingUp}
          startMargin={wasCut ? earlierHeight : 0}
          keepMounted={waiting}
          onResize={follow.onResize}
        >
          {(row: Row) => (
            <div key={row.key} data-row-key={row.key}>
              <RowView row={row} />
            </div>
          )}
        </Virtualizer>
      </section>
      {!follow.atEnd.value && (
        <button type="button" class="jump" data-testid="jump-to-latest" onClick={follow.toEnd}>
          <Icon name="arrow-down" />
          <span>{t('Jump to latest')}</span>
        </button>
      )}
    </>
  );
}

/** Cards that wait for an answer stay in the page, so that the keyboard finds them wherever the list is scrolled. */
function useWaitingRows(rows: readonly Row[]): readonly number[] {
  const asked = useSelect((state) =>
    requestsOf(state)
      .map((request) => request.callId)
      .join('\n'),
  );
  return useMemo(() => {
    const wanted = new Set(asked.split('\n'));
    return asked === '' ? [] : rows.flatMap((row, i) => (row.kind === 'tool' && wanted.has(row.tool.id) ? [i] : []));
  }, [rows, asked]);
}
