import type { PlanItem } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { Icon } from '../controls/icon';
import { useExpanded, useSelect } from '../storeContext';

const icons: Readonly<Record<PlanItem['status'], string>> = {
  pending: 'circle-large-outline',
  in_progress: 'arrow-right',
  completed: 'pass-filled',
};
const words = (): Readonly<Record<PlanItem['status'], string>> => ({
  pending: t('to do'),
  in_progress: t('in progress'),
  completed: t('done'),
});

/** The model's plan as it now is, folded away once all of it is done. */
export function PlanPanel() {
  const plan = useSelect((state) => state.transcript.plan);
  const done = plan.filter((item) => item.status === 'completed').length;
  const [open, toggle] = useExpanded('plan', done < plan.length);
  if (plan.length === 0) {
    return null;
  }
  const current = plan.find((item) => item.status === 'in_progress') ?? plan.find((item) => item.status === 'pending');
  return (
    <section class="dock-panel" aria-label={t('Plan')} data-testid="plan">
      <button type="button" class="dock-head" aria-expanded={open} onClick={toggle}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <span>{t('Plan')}</span>
        <span class="muted">{t('{0} of {1}', done, plan.length)}</span>
        {!open && current !== undefined && <span class="dock-peek">{current.text}</span>}
      </button>
      {open && (
        <ol class="plan-items">
          {plan.map((item, index) => (
            <li key={index} class={`plan-item ${item.status}`}>
              <Icon name={icons[item.status]} />
              <span>
                {item.text}
                <span class="sr-only"> ({words()[item.status]})</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
