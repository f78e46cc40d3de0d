import { t } from '../../../l10n';
import type { ToolItem } from '../../../state/chatState';
import { Markdown } from '../../transcript/markdown';
import { Comments } from './planParts';

/** A plan that the user has answered: as it was accepted, with what was said to it. */
export function PlanBody({ proposed: { plan, answer } }: { proposed: NonNullable<ToolItem['proposed']> }) {
  return (
    <div class="tool-body plan-body" data-testid="plan-body">
      <Markdown text={answer?.plan ?? plan} finished />
      {answer?.plan !== undefined && <p class="muted">{t('You changed the plan.')}</p>}
      <Comments comments={answer?.comments ?? []} showsQuote />
      {answer?.reason !== undefined && <p class="plan-reason">{answer.reason}</p>}
    </div>
  );
}
