import { t } from '../../l10n';
import type { ReplyItem } from '../../state/chatState';
import { Icon } from '../controls/icon';
import { useExpanded, useSelect } from '../storeContext';
import { Markdown } from './markdown';

/** One reply of the model: folded reasoning, then the text, streamed or whole. */
export function ReplyRow({ reply }: { reply: ReplyItem }) {
  const isLive = reply.stopReason === null;
  const live = useSelect((state) => state.transcript.live.replies[reply.id]);
  const text = live === undefined ? reply.text : live.text.text;
  const reasoning = live === undefined ? reply.reasoning : live.reasoning.text;
  if (text.trim() === '' && reasoning.trim() === '') {
    return null;
  }
  return (
    <article class="reply" data-testid="item-reply" aria-label="Sage" aria-busy={isLive}>
      {reasoning.trim() !== '' && <Reasoning id={reply.id} text={reasoning} busy={isLive && text.trim() === ''} />}
      {text.trim() !== '' && <Markdown text={text} finished={!isLive} />}
      {note(reply) !== null && <p class="reply-note">{note(reply)}</p>}
    </article>
  );
}

function Reasoning({ id, text, busy }: { id: string; text: string; busy: boolean }) {
  const [open, toggle] = useExpanded(`reasoning:${id}`, false);
  return (
    <div class="reasoning" data-testid="reasoning">
      <button type="button" class="group-toggle" aria-expanded={open} onClick={toggle}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <span>{busy ? t('Thinking…') : t('Thought')}</span>
      </button>
      {open && (
        <div class="reasoning-text">
          <Markdown text={text} finished={!busy} />
        </div>
      )}
    </div>
  );
}

function note(reply: ReplyItem): string | null {
  switch (reply.stopReason) {
    case 'maxTokens':
      return t('The reply was cut off: it reached the model’s output limit.');
    case 'contentFilter':
      return t('The provider’s content filter ended this reply.');
    case 'refusal':
      return t('The model declined to go on.');
    case 'failed':
      return t('The connection broke here.');
    default:
      return null;
  }
}
