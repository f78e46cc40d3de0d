import { useState } from 'preact/hooks';
import { t } from '../../l10n';
import { isBusy, type WaitingPrompt } from '../../state/chatState';
import { moveWaiting, steerWaiting } from '../../state/commands';
import { withWords, wordsOf } from '../../state/prompts';
import { IconButton } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';

/** What the user said while Sage works and no model has read yet: to be changed, moved or taken back until it is. */
export function WaitingList() {
  const store = useStore();
  const waiting = useSelect((state) => state.transcript.waiting);
  const ahead = useSelect((state) => state.ahead);
  const busy = useSelect(isBusy);
  if (waiting.length + ahead.length === 0) {
    return null;
  }
  return (
    <section class="waiting-list" aria-label={t('Waiting prompts')} data-testid="waiting-list">
      <ul>
        {waiting.map((prompt, index) => (
          <WaitingRow
            key={prompt.id}
            prompt={prompt}
            isFirst={index === 0}
            isLast={index === waiting.length - 1}
            busy={busy}
          />
        ))}
        {ahead.map((prompt) => (
          <AheadRow key={prompt.id} prompt={prompt} />
        ))}
      </ul>
      {!busy && (
        <button
          type="button"
          class="waiting-run"
          data-testid="waiting-run"
          onClick={() => store.send({ type: 'runNext', mode: store.state.peek().mode })}
        >
          <Icon name="play" />
          <span>{waiting.length === 1 ? t('Send it now') : t('Send them now')}</span>
        </button>
      )}
    </section>
  );
}

interface RowProps {
  readonly prompt: WaitingPrompt;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly busy: boolean;
}

function WaitingRow({ prompt, isFirst, isLast, busy }: RowProps) {
  const store = useStore();
  const [editing, setEditing] = useState(false);
  const words = wordsOf(prompt.input);
  const isSteer = prompt.kind === 'steer';
  if (editing) {
    return (
      <li class="waiting-row">
        <WaitingEditor
          words={words}
          onDone={(changed) => {
            setEditing(false);
            if (changed !== null && changed.trim() !== '' && changed !== words) {
              store.send({ type: 'editQueued', id: prompt.id, input: withWords(prompt.input, changed) });
            }
          }}
        />
      </li>
    );
  }
  return (
    <li class="waiting-row" data-testid="waiting-prompt" data-kind={prompt.kind}>
      <WaitingWords prompt={prompt} />
      {busy && !isSteer && (
        <IconButton icon="arrow-right" label={t('Steer with it now')} onClick={() => steerWaiting(store, prompt)} />
      )}
      {!isFirst && (
        <IconButton icon="arrow-up" label={t('Move up')} onClick={() => moveWaiting(store, prompt.id, -1)} />
      )}
      {!isLast && (
        <IconButton icon="arrow-down" label={t('Move down')} onClick={() => moveWaiting(store, prompt.id, 1)} />
      )}
      <IconButton icon="edit" label={t('Edit')} onClick={() => setEditing(true)} />
      <IconButton
        icon="close"
        label={t('Remove')}
        onClick={() => store.send({ type: 'removeQueued', id: prompt.id })}
      />
    </li>
  );
}

/** What waits only for the turn before it to begin. */
function AheadRow({ prompt }: { prompt: WaitingPrompt }) {
  const store = useStore();
  return (
    <li class="waiting-row" data-testid="waiting-ahead" data-kind={prompt.kind}>
      <WaitingWords prompt={prompt} />
      <IconButton icon="close" label={t('Remove')} onClick={() => store.act({ type: 'aheadRemoved', id: prompt.id })} />
    </li>
  );
}

function WaitingWords({ prompt }: { prompt: WaitingPrompt }) {
  const words = wordsOf(prompt.input);
  const isSteer = prompt.kind === 'steer';
  return (
    <>
      <Icon name={isSteer ? 'arrow-right' : 'list-ordered'} />
      <span class="waiting-kind">{isSteer ? t('Steer') : t('Queued')}</span>
      <span class="waiting-words" title={words}>
        {words}
      </span>
    </>
  );
}

/** Enter keeps the words, Escape leaves them as they were. */
function WaitingEditor({ words, onDone }: { words: string; onDone: (changed: string | null) => void }) {
  return (
    <textarea
      class="waiting-editor"
      aria-label={t('Waiting prompt')}
      data-testid="waiting-editor"
      rows={1}
      ref={(field) => field?.focus()}
      onKeyDown={(event) => {
        if (event.isComposing || event.keyCode === 229) {
          return;
        }
        if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
          event.preventDefault();
          event.stopPropagation();
          onDone(event.key === 'Enter' ? event.currentTarget.value : null);
        }
      }}
      onBlur={(event) => onDone(event.currentTarget.value)}
      defaultValue={words}
    />
  );
}
