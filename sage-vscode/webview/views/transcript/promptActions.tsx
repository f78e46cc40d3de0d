import { useEffect, useState } from 'preact/hooks';
import { t } from '../../l10n';
import type { ChatState, UserItem } from '../../state/chatState';
import { askToRestore, editPrompt, forkAfter } from '../../state/commands';
import { IconButton } from '../controls/controls';
import { useSelect, useStore } from '../storeContext';

/** What can be done about a prompt: say it otherwise, go on from it elsewhere, go back to before it. */
export function PromptActions({ user }: { user: UserItem }) {
  const store = useStore();
  const hasChanges = useSelect((state) => state.transcript.hasChanges);
  const running = useSelect((state) => state.transcript.running);
  const isOpen = useSelect((state) => openTurnId(state) === user.id);
  return (
    <span class="user-actions" data-testid="prompt-actions">
      <IconButton
        icon="edit"
        label={running ? t('Edit: stop the turn first') : t('Edit and send again in a new session')}
        testId="edit-prompt"
        disabled={running}
        onClick={() => editPrompt(store, user)}
      />
      <IconButton
        icon="repo-forked"
        label={
          isOpen
            ? t('Fork from here: stop the turn first')
            : t('Fork from here: a new session with everything up to the end of this turn')
        }
        testId="fork-prompt"
        disabled={isOpen}
        onClick={() => forkAfter(store, user)}
      />
      <CopyButton text={() => user.prompt} />
      {hasChanges && (
        <>
          <IconButton
            icon="diff-multiple"
            label={t('Show changes since this prompt')}
            testId="open-since"
            onClick={() => store.send({ type: 'openSince', turnId: user.id })}
          />
          <IconButton
            icon="history"
            label={
              running
                ? t('Restore files to before this prompt: stop the turn first')
                : t('Restore files to before this prompt')
            }
            testId="restore"
            disabled={running}
            onClick={() => askToRestore(store, user.id, user.prompt)}
          />
        </>
      )}
    </span>
  );
}

const shownMs = 1_500;

/** The icon turns into a check mark for a moment. */
export function CopyButton({ text, label = t('Copy') }: { text: () => string; label?: string }) {
  const store = useStore();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (copied) {
      const timer = setTimeout(() => setCopied(false), shownMs);
      return () => clearTimeout(timer);
    }
  }, [copied]);
  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      label={label}
      testId="copy"
      onClick={() => {
        store.send({ type: 'copy', text: text() });
        setCopied(true);
      }}
    />
  );
}

/** The turn that runs. */
function openTurnId({ transcript: { running, items } }: ChatState): string | null {
  return running ? (items.findLast((item) => item.kind === 'user' && !item.isSteer)?.id ?? null) : null;
}
