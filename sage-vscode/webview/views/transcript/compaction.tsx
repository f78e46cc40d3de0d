import { t } from '../../l10n';
import type { CompactionItem } from '../../state/chatState';
import { formatTokens } from '../../text/format';
import { Icon } from '../controls/icon';
import { useExpanded } from '../storeContext';
import { Markdown } from './markdown';

/** Where the conversation was made shorter for the model, with what it reads instead. */
export function CompactionRow({ compaction }: { compaction: CompactionItem }) {
  const { id, summary, tokensBefore, tokensAfter } = compaction;
  const [open, toggle] = useExpanded(`compaction:${id}`, false);
  const tokens = [formatTokens(tokensBefore), formatTokens(tokensAfter)];
  const line =
    summary === null
      ? t('Old results left out: about {0} → {1} tokens', ...tokens)
      : t('Conversation summarised: about {0} → {1} tokens', ...tokens);
  return (
    <div class="compaction" data-testid="item-compaction">
      {summary === null ? (
        <p class="compaction-line">
          <Icon name="fold" />
          <span>{line}</span>
        </p>
      ) : (
        <button type="button" class="compaction-line" aria-expanded={open} onClick={toggle}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          <span>{line}</span>
        </button>
      )}
      {open && summary !== null && (
        <div class="compaction-summary">
          <Markdown text={summary} finished={true} />
        </div>
      )}
    </div>
  );
}
