import type { InputPart } from '../../../src/protocol/generated';
import { PartChip } from '../composer/chips';

interface UserRowProps {
  readonly prompt: string;
  readonly attachments: readonly InputPart[];
  /** True until the server has taken it. */
  readonly pending?: boolean;
}

/** What the user asked, as it was written. */
export function UserRow({ prompt, attachments, pending = false }: UserRowProps) {
  return (
    <article class={`user${pending ? ' pending' : ''}`} data-testid="item-user" aria-label="You">
      {attachments.length > 0 && (
        <div class="chips">
          {attachments.map((part, index) => (
            <PartChip key={index} part={part} />
          ))}
        </div>
      )}
      <div class="user-text">{prompt}</div>
    </article>
  );
}
