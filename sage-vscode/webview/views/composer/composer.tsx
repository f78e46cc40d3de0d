import { useEffect, useRef, useState } from 'preact/hooks';
import type { EditorContext } from '../../../src/protocol/bridge';
import type { InputPart, SteerKind } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { isBusy } from '../../state/chatState';
import { cancelEdit, sayToTurn, sendEdit, sendPrompt, stopTurn } from '../../state/commands';
import type { Store } from '../../state/store';
import { memoryIn } from '../../text/memoryIn';
import { useSelect, useStore } from '../storeContext';
import { PartChip } from './chips';
import { runBuiltIn } from './commands/builtIns';
import { CommandList, listId, optionId } from './commands/commandList';
import { useCompletion } from './commands/useCompletion';
import { ContextChip, contextPart } from './contextChip';
import { ContextGauge } from './contextGauge';
import { useContextSetting } from './contextSetting';
import { EditingLine } from './editingLine';
import { McpAlarm } from './mcpAlarm';
import { ModelPicker } from './modelPicker';
import { ModePicker } from './modePicker';
import { SendButton } from './sendButton';
import { useAttachments } from './useAttachments';
import { useComposerKeys } from './useComposerKeys';

/** Where prompts are written. */
export function Composer() {
  const store = useStore();
  const busy = useSelect(isBusy);
  const attachments = useSelect((state) => state.attachments);
  const context = useSelect((state) => state.editorContext);
  const [sendsContext, setSendsContext] = useContextSetting();
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const take = useAttachments(setProblem);
  const isEditing = useSelect((state) => state.editing !== null);
  const send = (kind: SteerKind = 'steer') => setProblem(trySend(store, sendsContext ? context : null, kind));
  const stop = () => (isEditing ? cancelEdit(store) : stopTurn(store));
  const onKeyDown = useComposerKeys({ send, queue: () => send('queue'), stop });
  const completion = useCompletion(input);
  const isListed = completion.options.length > 0;
  useFocusRequests(input);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only takes what is dropped; pasting does the same by keyboard
    <div
      class="composer"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => take(event, event.dataTransfer)}
    >
      <CommandList {...completion} />
      <EditingLine />
      <div class="chips">
        {/* An earlier prompt has what was attached to it. */}
        {context !== null && !isEditing && (
          <ContextChip context={context} included={sendsContext} onChange={setSendsContext} />
        )}
        {attachments.map((part) => (
          <PartChip key={part} part={part} onRemove={() => store.act({ type: 'partRemoved', part })} />
        ))}
      </div>
      <textarea
        ref={input}
        class="composer-input"
        data-testid="composer-input"
        aria-label={t('Prompt')}
        placeholder={
          busy ? t('Steer Sage, or queue with Alt+Enter') : t('Ask Sage to explain, change or run something')
        }
        rows={1}
        value={store.draft.value}
        onInput={(event) => {
          store.setDraft(event.currentTarget.value);
          setProblem(null);
        }}
        aria-autocomplete="list"
        aria-controls={isListed ? listId : undefined}
        aria-activedescendant={isListed ? optionId(completion.active) : undefined}
        onSelect={completion.onSelect}
        onKeyDown={(event) => completion.onKeyDown(event) || onKeyDown(event)}
        onPaste={(event) => take(event, event.clipboardData)}
      />
      {problem !== null && (
        <p class="composer-hint" role="alert">
          {problem}
        </p>
      )}
      <div class="composer-bar">
        <ModePicker />
        <ModelPicker />
        <span class="spacer" />
        <ContextGauge />
        <McpAlarm />
        <SendButton onSend={() => send()} onQueue={() => send('queue')} />
      </div>
    </div>
  );
}

/** Sends what is written with what is attached; answers why not, if it cannot. */
function trySend(store: Store, context: EditorContext | null, kind: SteerKind): string | null {
  const state = store.state.peek();
  const words = store.draft.peek().trim();
  if (words === '') {
    return null;
  }
  const memory = memoryIn(store.draft.peek());
  if (memory !== null && state.editing === null) {
    store.send({ type: 'remember', text: memory });
    return null;
  }
  const builtIn = runBuiltIn(store, words);
  if (builtIn !== null && builtIn.prompt === undefined) {
    return builtIn.problem;
  }
  const parts: InputPart[] = [{ type: 'text', text: builtIn?.prompt ?? words }, ...state.attachments];
  if (state.editing !== null) {
    return sendEdit(store, parts) ? null : t('It cannot be sent yet: stop the turn that runs, or wait a moment.');
  }
  if (context !== null && !isBusy(state)) {
    parts.push(contextPart(context));
  }
  // What a command has set is for the next turn.
  if (isBusy(state) ? !sayToTurn(store, builtIn === null ? kind : 'queue', parts) : !sendPrompt(store, parts)) {
    return t('The Sage server is not running. Restart it first.');
  }
  store.setDraft('');
  return null;
}

/** The field takes the focus when the host asks for it, and when another session opens in a panel that has the focus. */
function useFocusRequests(input: { readonly current: HTMLTextAreaElement | null }): void {
  const request = useSelect((state) => state.focusRequest);
  const sessionId = useSelect((state) => state.transcript.sessionId);
  useEffect(() => {
    if (request !== null && (!request.late || isFocusFree())) {
      input.current?.focus();
    }
  }, [input, request]);
  useEffect(() => {
    if (document.hasFocus() && isFocusFree()) {
      input.current?.focus();
    }
  }, [input, sessionId]);
}

/** Nothing in the page has the focus: the user has not turned to anything. */
function isFocusFree(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body;
}
