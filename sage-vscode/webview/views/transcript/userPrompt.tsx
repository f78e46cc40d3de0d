import type { ComponentChildren } from 'preact';
import { readApplyPrompt } from '../../../src/protocol/applyPrompt';
import type { InputPart } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import type { UserItem } from '../../state/chatState';
import { PartChip } from '../composer/chips';
import { Icon } from '../controls/icon';
import { useExpanded } from '../storeContext';
import { ApplyWords } from './applyWords';
import { PromptActions } from './promptActions';
import { SentCommand } from './sentCommand';

interface PromptProps {
  readonly id: string;
  readonly prompt: string;
  readonly attachments: readonly InputPart[];
  /** True until the server has taken it. */
  readonly pending?: boolean;
  /** Said beside a turn that was running. */
  readonly isSteer?: boolean;
  readonly children?: ComponentChildren;
}

const longPrompt = 2_000;
const longLines = 20;

/** What the user asked, with what can be done about it. */
export function UserRow({ user }: { user: UserItem }) {
  const { id, prompt, attachments, command, isSteer = false } = user;
  return (
    <Prompt id={id} prompt={prompt} attachments={attachments} isSteer={isSteer}>
      {command !== undefined && <SentCommand id={id} command={command} />}
      {!isSteer && <PromptActions user={user} />}
    </Prompt>
  );
}

/** What the user asked, as it was written. */
export function Prompt({ id, prompt, attachments, pending = false, isSteer = false, children }: PromptProps) {
  const apply = readApplyPrompt(prompt);
  const isLong = prompt.length > longPrompt || prompt.split('\n').length > longLines;
  const [open, toggle] = useExpanded(`prompt:${id}`, !isLong);
  return (
    <article
      class={`user${pending ? ' pending' : ''}`}
      data-testid="item-user"
      aria-label={isSteer ? t('You, steering') : t('You')}
    >
      {isSteer && (
        <p class="user-steer">
          <Icon name="arrow-right" />
          <span>{t('Steer')}</span>
        </p>
      )}
      {apply === null && attachments.length > 0 && (
        <div class="chips">
          {attachments.map((part, index) => (
            <PartChip key={index} part={part} />
          ))}
        </div>
      )}
      {apply === null ? (
        <div class={`user-text${open ? '' : ' folded'}`}>{prompt}</div>
      ) : (
        <ApplyWords id={id} apply={apply} />
      )}
      {apply === null && isLong && (
        <button type="button" class="link-button" aria-expanded={open} onClick={toggle}>
          {open ? t('Show less') : t('Show all')}
        </button>
      )}
      {children}
    </article>
  );
}
