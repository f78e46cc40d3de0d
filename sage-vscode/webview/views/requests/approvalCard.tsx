import { useEffect, useRef, useState } from 'preact/hooks';
import type { GrantScope, PermissionRequestParams } from '../../../src/protocol/generated';
import { answerPermission } from '../../state/commands';
import { Button, IconButton, TextField } from '../controls/controls';
import { useStore } from '../storeContext';
import { Counts, countLines } from '../tools/counts';
import { DiffView } from '../tools/diffView';
import { argument, isEdit, showInput } from '../tools/toolFacts';
import { focusDelayMs, focusNextCard, offerFocus } from './approvalFocus';
import { useInSight } from './inSight';
import { ruleWords } from './ruleWords';

/** May this call run? Enter on the focused button allows, Escape anywhere on the card denies. */
export function ApprovalCard({ request }: { request: PermissionRequestParams }) {
  const store = useStore();
  const allow = useRef<HTMLElement>(null);
  const [reason, setReason] = useState<string | null>(null);
  const buttons = useInSight(request.callId);

  useEffect(() => {
    const timer = setTimeout(() => offerFocus(store, allow.current), focusDelayMs);
    return () => clearTimeout(timer);
  }, [store]);

  const grant = (scope: GrantScope) => {
    answerPermission(store, request.callId, { decision: 'allow', scope });
    focusNextCard(store);
  };
  const deny = () => {
    const why = reason?.trim() ?? '';
    answerPermission(store, request.callId, why === '' ? { decision: 'deny' } : { decision: 'deny', reason: why });
    focusNextCard(store);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      deny();
    }
  };
  const words = ruleWords(request.rule);

  return (
    <section class="request" aria-label={`Approval: ${request.title}`} data-testid="approval" onKeyDown={onKeyDown}>
      <p class="request-title">
        {question(request.toolName)}
        {request.preview !== undefined && <Counts {...countLines(request.preview.hunks)} />}
      </p>
      <Subject request={request} />
      <div class="request-actions" ref={buttons}>
        <Button testId="approval-allow" onClick={() => grant('once')} buttonRef={markFocus(allow)}>
          Allow
        </Button>
        <Button secondary testId="approval-allow-session" onClick={() => grant('session')}>
          Allow for this session
        </Button>
        <Button secondary testId="approval-deny" onClick={deny} title="Deny (Escape)">
          Deny
        </Button>
        <IconButton
          icon="comment"
          label="Deny with a reason"
          expanded={reason !== null}
          onClick={() => setReason(reason === null ? '' : null)}
        />
      </div>
      {reason !== null && (
        <TextField
          label="Why not? Sage reads this. Enter denies."
          value={reason}
          autoFocus
          onInput={setReason}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229) {
              event.preventDefault();
              deny();
            }
          }}
        />
      )}
      <p class="request-rule">
        <span class="muted">With “Allow for this session”, {words.before} </span>
        <code>{words.what}</code>
        <span class="muted"> {words.after}</span>
      </p>
    </section>
  );
}

function question(toolName: string): string {
  if (isEdit(toolName)) {
    return 'Allow this edit?';
  }
  return toolName === 'run_command' ? 'Run this command?' : 'Allow this?';
}

/** What would happen: the change, the command, or the arguments. */
function Subject({ request }: { request: PermissionRequestParams }) {
  const { preview } = request;
  if (preview !== undefined) {
    return <DiffView id={`preview:${request.callId}`} diff={preview} />;
  }
  const command = argument(request.input, 'command');
  const folder = argument(request.input, 'cwd');
  return command === undefined ? (
    <pre class="tool-input">{showInput(request.input)}</pre>
  ) : (
    <>
      <pre class="command">{command}</pre>
      {folder !== undefined && <p class="tool-note">in {folder}</p>}
    </>
  );
}

/** Marks the element that the keyboard should meet first on a card. */
function markFocus(ref: { current: HTMLElement | null }) {
  return (element: HTMLElement | null) => {
    ref.current = element;
    element?.setAttribute('data-card-focus', '');
  };
}
