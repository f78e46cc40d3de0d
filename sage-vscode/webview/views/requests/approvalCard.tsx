import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { PermissionRequestParams, PermissionRequestResult } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { answerPermission } from '../../state/commands';
import { visible } from '../../text/visible';
import { IconButton, TextField } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useStore } from '../storeContext';
import { Counts, countLines } from '../tools/counts';
import { isEdit } from '../tools/toolFacts';
import { AnswerButtons } from './answerButtons';
import { focusDelayMs, focusNextCard, offerFocus } from './approvalFocus';
import { editableCommand, withCommand } from './changedCommand';
import { CommandField } from './commandField';
import { GrantChoices } from './grantChoices';
import { Subject } from './subject';

/** May this call run? Enter on the focused button answers (allows, unless there is danger), Escape anywhere on the card denies. */
export function ApprovalCard({ request }: { request: PermissionRequestParams }) {
  const store = useStore();
  const first = useRef<HTMLElement>(null);
  const dangerId = useId();
  const [reason, setReason] = useState<string | null>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const command = editableCommand(request);
  const isChanged = draft !== null && draft !== command;
  const isEmpty = draft?.trim() === '';
  useFocusAfter(draft !== null, first);

  useEffect(() => {
    const timer = setTimeout(() => offerFocus(store, first.current), focusDelayMs);
    return () => clearTimeout(timer);
  }, [store]);

  const answer = (result: PermissionRequestResult) => {
    answerPermission(store, request.callId, result);
    focusNextCard(store);
  };
  const allowOnce = () => {
    if (!isEmpty) {
      const input = isChanged ? { input: withCommand(request.input, draft) } : {};
      answer({ decision: 'allow', scope: 'once', ...input });
    }
  };
  const deny = () => {
    const why = reason?.trim() ?? '';
    answer(why === '' ? { decision: 'deny' } : { decision: 'deny', reason: why });
  };

  return (
    <section
      class="request"
      aria-label={t('Approval: {0}', request.title)}
      data-testid="approval"
      onKeyDown={(event) => denyOnEscape(event, deny)}
    >
      <Question request={request} />
      {draft === null ? (
        <Subject request={request} />
      ) : (
        <CommandField
          command={draft}
          isChanged={isChanged}
          onInput={setDraft}
          onAllow={allowOnce}
          onCancel={() => setDraft(null)}
        />
      )}
      {request.reason !== undefined && (
        <p class="request-reason muted" data-testid="approval-reason">
          {visible(request.reason)}
        </p>
      )}
      {request.danger !== undefined && <Danger id={dangerId} text={request.danger} />}
      <AnswerButtons
        callId={request.callId}
        dangerId={request.danger === undefined ? null : dangerId}
        canAllow={!isEmpty}
        first={first}
        onAllow={allowOnce}
        onDeny={deny}
      >
        <IconButton
          icon="comment"
          label={t('Deny with a reason')}
          expanded={reason !== null}
          onClick={() => setReason(reason === null ? '' : null)}
        />
        {command !== undefined && (
          <IconButton
            icon="edit"
            label={t('Edit the command')}
            testId="approval-edit"
            expanded={draft !== null}
            onClick={() => setDraft(draft === null ? command : null)}
          />
        )}
      </AnswerButtons>
      {reason !== null && <ReasonField value={reason} onInput={setReason} onEnter={deny} />}
      {!isChanged && <GrantChoices request={request} onGrant={answer} />}
    </section>
  );
}

/** Where the keyboard goes on when the field is gone: not before, as the button may be disabled until then. */
function useFocusAfter(isEditing: boolean, target: { readonly current: HTMLElement | null }): void {
  const wasEditing = useRef(isEditing);
  useEffect(() => {
    if (wasEditing.current && !isEditing) {
      target.current?.focus();
    }
    wasEditing.current = isEditing;
  }, [isEditing, target]);
}

/** A key that is still down from the answer before, or from the end of the editing, denies nothing. */
function denyOnEscape(event: KeyboardEvent, deny: () => void): void {
  if (event.key === 'Escape' && !event.isComposing) {
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) {
      deny();
    }
  }
}

const questions = (): Readonly<Record<string, string>> => ({
  run_command: t('Run this command?'),
  delete_file: t('Delete this file?'),
  move_file: t('Move this file?'),
});

function Question({ request: { toolName, previews = [] } }: { request: PermissionRequestParams }) {
  const hunks = previews.flatMap((preview) => preview.hunks);
  return (
    <p class="request-title">
      {questions()[toolName] ?? (isEdit(toolName) ? t('Allow this edit?') : t('Allow this?'))}
      {hunks.length > 0 && <Counts {...countLines(hunks)} />}
    </p>
  );
}

function Danger({ id, text }: { id: string; text: string }) {
  return (
    <p class="request-danger" id={id} data-testid="approval-danger">
      <Icon name="warning" />
      <span>
        <span class="sr-only">{t('Warning:')} </span>
        {visible(text)}
      </span>
    </p>
  );
}

interface ReasonFieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onEnter: () => void;
}

function ReasonField({ value, onInput, onEnter }: ReasonFieldProps) {
  return (
    <TextField
      label={t('Why not? Sage reads this. Enter denies.')}
      value={value}
      autoFocus
      onInput={onInput}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229) {
          event.preventDefault();
          onEnter();
        }
      }}
    />
  );
}
