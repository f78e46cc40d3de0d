import { t } from '../../l10n';
import { formatCost } from '../../text/format';
import { useSelect } from '../storeContext';

/** What this session is about. What can be done with sessions is in the title bar of the view, which the editor draws. */
export function Header() {
  const title = useSelect(({ transcript }) => {
    const first = transcript.items.find((item) => item.kind === 'user');
    return first?.kind === 'user' ? (transcript.title ?? firstLine(first.prompt)) : null;
  });
  // What the part cost that is not here yet is not known.
  const cost = useSelect(({ transcript }) => (transcript.earlier === null ? transcript.cost : 0));
  if (title === null) {
    return null;
  }
  return (
    <header class="header">
      <h1 class="header-title" title={title}>
        {title}
      </h1>
      {cost > 0 && (
        <span class="header-cost" title={t('This session has cost {0}', formatCost(cost))} data-testid="session-cost">
          {formatCost(cost)}
        </span>
      )}
    </header>
  );
}

function firstLine(prompt: string): string {
  return prompt.trim().split('\n')[0]?.slice(0, 120) || t('Session');
}
