import type { PlanDraft } from '../../../../src/protocol/bridge';
import type { PlanComment, ReviewPlanParams } from '../../../../src/protocol/generated';
import { lineOf } from '../../../text/planParts';
import { useStore } from '../../storeContext';

interface PlanDrafting {
  readonly draft: PlanDraft;
  /** As it is now, changed or not. */
  readonly plan: string;
  comment(added: PlanComment): void;
  uncomment(removed: PlanComment): void;
  change(plan: string): void;
  say(words: string): void;
}

/** What the user has begun to say to a plan: kept where a reload of the page does not reach it. */
export function usePlanDraft({ sessionId, callId, plan }: ReviewPlanParams): PlanDrafting {
  const { planDraft } = useStore();
  const known = planDraft.value;
  const isMine = known !== null && known.sessionId === sessionId && known.callId === callId;
  const draft: PlanDraft = isMine ? known : { sessionId, callId, comments: [], changed: null, words: '' };
  const set = (change: Partial<PlanDraft>) => {
    planDraft.value = { ...draft, ...change };
  };
  return {
    draft,
    plan: draft.changed ?? plan,
    comment: (added) => set({ comments: [...draft.comments, added].sort((a, b) => a.line - b.line) }),
    uncomment: (removed) => set({ comments: draft.comments.filter((other) => other !== removed) }),
    change: (changed) =>
      set({
        changed: changed === plan || changed.trim() === '' ? null : changed,
        comments: draft.comments.map((other) => ({ ...other, line: lineOf(changed, other.quote) ?? other.line })),
      }),
    say: (words) => set({ words }),
  };
}
