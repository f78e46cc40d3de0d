import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { InputPart } from '../../../src/protocol/generated';
import { isBusy } from '../../state/chatState';
import { sendPrompt, stopTurn } from '../../state/commands';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';
import { PartChip } from './chips';
import { ContextChip, contextPart } from './contextChip';
import { imagesIn, readImage } from './images';
import { ModelPicker } from './modelPicker';
import { ModePicker } from './modePicker';
import { useComposerKeys } from './useComposerKeys';

/** Where prompts are written. */
export function Composer() {
  const store = useStore();
  const draft = store.draft.value;
  const busy = useSelect(isBusy);
  const stopping = useSelect((state) => state.stopping);
  const stopped = useSelect((state) => state.server.kind === 'stopped');
  const attachments = useSelect((state) => state.attachments);
  const context = useSelect((state) => state.editorContext);
  const [sendsContext, setSendsContext] = useState(store.remembered.sendsContext ?? true);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);

  useGrowing(input, draft);
  useFocusRequests(input);

  const includeContext = (included: boolean) => {
    setSendsContext(included);
    store.remember({ sendsContext: included });
  };
  const send = () => {
    const words = draft.trim();
    if (words === '') {
      return;
    }
    if (busy) {
      setProblem('Sage is still working. Stop it first (Esc), or wait until it is done.');
      return;
    }
    const parts: InputPart[] = [{ type: 'text', text: words }, ...attachments];
    if (context !== null && sendsContext) {
      parts.push(contextPart(context));
    }
    if (sendPrompt(store, parts)) {
      store.setDraft('');
      setProblem(null);
    } else {
      setProblem('The Sage server is not running. Restart it first.');
    }
  };
  const takeImages = async (files: readonly File[]) => {
    for (const file of files) {
      const reading = await readImage(file);
      if ('part' in reading) {
        store.act({ type: 'partAttached', part: reading.part });
      } else {
        setProblem(reading.problem);
      }
    }
  };
  const onKeyDown = useComposerKeys({ send, stop: () => stopTurn(store) });
  const onTransfer = (event: Event, transfer: DataTransfer | null) => {
    const images = imagesIn(transfer);
    if (images.length > 0) {
      event.preventDefault();
      takeImages(images);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only takes what is dropped; pasting does the same by keyboard
    <div
      class="composer"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => onTransfer(event, event.dataTransfer)}
    >
      <div class="chips">
        {context !== null && <ContextChip context={context} included={sendsContext} onChange={includeContext} />}
        {attachments.map((part) => (
          <PartChip key={part} part={part} onRemove={() => store.act({ type: 'partRemoved', part })} />
        ))}
      </div>
      <textarea
        ref={input}
        class="composer-input"
        data-testid="composer-input"
        aria-label="Prompt"
        placeholder="Ask Sage to explain, change or run something"
        rows={1}
        value={draft}
        onInput={(event) => {
          store.setDraft(event.currentTarget.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => onTransfer(event, event.clipboardData)}
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
        {busy ? (
          <button
            type="button"
            class="send-button stop"
            data-testid="composer-stop"
            aria-label={stopping ? 'Stopping' : 'Stop'}
            title="Stop (Esc)"
            onClick={() => stopTurn(store)}
          >
            <Icon name={stopping ? 'loading' : 'debug-stop'} spin={stopping} />
            <span>{stopping ? 'Stopping…' : 'Stop'}</span>
          </button>
        ) : (
          <button
            type="button"
            class="send-button"
            data-testid="composer-send"
            aria-label="Send"
            title="Send (Enter)"
            disabled={draft.trim() === '' || stopped}
            onClick={send}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
    </div>
  );
}

const tallest = 240;

/** The field is as tall as its text, up to a limit. */
function useGrowing(input: { readonly current: HTMLTextAreaElement | null }, draft: string): void {
  useLayoutEffect(() => {
    const field = input.current;
    if (field !== null) {
      field.style.height = 'auto';
      field.style.height = `${Math.min(tallest, field.scrollHeight)}px`;
    }
  }, [input, draft]);
}

function useFocusRequests(input: { readonly current: HTMLTextAreaElement | null }): void {
  const store = useStore();
  const focusRequests = useSelect((state) => state.focusRequests);
  const sessionId = useSelect((state) => state.transcript.sessionId);
  useEffect(() => {
    if (focusRequests > 0 || document.hasFocus()) {
      input.current?.focus();
    }
  }, [store, input, focusRequests, sessionId]);
}
