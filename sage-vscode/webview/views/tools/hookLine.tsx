import type { HookEffect, HookRan } from '../../../src/protocol/generated';
import { hookDetail, hookWords } from '../../text/hookWords';
import { visible } from '../../text/visible';
import { Icon } from '../controls/icon';
import { useExpanded } from '../storeContext';

/** What a hook did, on the card of a call or in the transcript. */
export function HookLine({ id, ran }: { id: string; ran: HookRan }) {
  const [open, toggle] = useExpanded(`hook:${id}`, false);
  const words = visible(hookWords(ran));
  const detail = hookDetail(ran);
  return (
    <div class={`hook-line ${ran.effect}`} data-testid="hook-line" data-effect={ran.effect}>
      <Icon name={iconOf(ran.effect)} />
      {detail === '' ? (
        <span>{words}</span>
      ) : (
        <div class="hook-words">
          <button type="button" aria-expanded={open} onClick={toggle}>
            {words}
          </button>
          {open && <pre>{visible(detail)}</pre>}
        </div>
      )}
    </div>
  );
}

function iconOf(effect: HookEffect): string {
  switch (effect) {
    case 'denied':
      return 'circle-slash';
    case 'failed':
      return 'warning';
    case 'changed':
      return 'edit';
    default:
      return 'plug';
  }
}
