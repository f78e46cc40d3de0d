import type { InputPart } from '../../../src/protocol/generated';
import { PartChip } from '../composer/chips';
import { Icon } from '../controls/icon';
import { useExpanded } from '../storeContext';

interface UserRowProps {
  readonly id: string;
  readonly prompt: string;
  readonly attachments: readonly InputPart[];
  /** True until the server has taken it. */
  readonly pending?: boolean;
  /** Said beside a turn that was running. */
  readonly isSteer?: boolean;
}

const longPrompt = 2_000;
const longLines = 20;

/** What the user asked, as it was written. */
export function UserRow({ id, prompt, attachments, pending = false, isSteer = false }: UserRowProps) {
  const isLong = prompt.length > longPrompt || prompt.split('\n').length > longLines;
  const [open, toggle] = useExpanded(`prompt:${id}`, !isLong);
  return (
    <article
      class={`user${pending ? ' pending' : ''}`}
      data-testid="item-user"
      aria-label={isSteer ? 'You, steering' : 'You'}
    >
      {isSteer && (
        <p class="user-steer">
          <Icon name="arrow-right" />
          <span>Steer</span>
        </p>
      )}
      {attachments.length > 0 && (
        <div class="chips">
          {attachments.map((part, index) => (
            <PartChip key={index} part={part} />
          ))}
        </div>
      )}
      <div class={`user-text${open ? '' : ' folded'}`}>{prompt}</div>
      {isLong && (
        <button type="button" class="link-button" aria-expanded={open} onClick={toggle}>
          {open ? 'Show less' : 'Show all'}
        </button>
      )}
    </article>
  );
}
