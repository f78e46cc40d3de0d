import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { FromWebview, PlanDraft, ToWebview, WebviewState } from '../../src/protocol/bridge';
import type { Bridge } from '../bridge';
import { memoryIn } from '../text/memoryIn';
import { type ChatState, initialState } from './chatState';
import { createExpansion, type Expansion } from './expansion';
import { type Action, reduce } from './reducer';

/** The state of the view, the way to change it, and the way to the host. */
export interface Store {
  readonly state: ReadonlySignal<ChatState>;
  readonly draft: ReadonlySignal<string>;
  /** What the webview remembered from before it was reloaded. */
  readonly remembered: WebviewState;
  readonly expansion: Expansion;
  /** The call to be brought into view, or else the prompt of its turn; a new object for each wish. */
  readonly revealed: Signal<{ readonly callId: string; readonly turnId?: string } | null>;
  /** Whether the field is open that finds words in the conversation. */
  readonly finding: Signal<boolean>;
  /** The calls whose cards can be answered without scrolling. */
  readonly inSight: Signal<ReadonlySet<string>>;
  /** What the user has begun to say to a plan; it outlives a reload of the page, as the plan does. */
  readonly planDraft: Signal<PlanDraft | null>;
  /** A part of the state; who reads it is drawn again only when that part changes. */
  select<T>(pick: (state: ChatState) => T): ReadonlySignal<T>;
  act(action: Action): void;
  send(message: FromWebview): void;
  setDraft(text: string): void;
  remember(change: Partial<WebviewState>): void;
}

const resyncAfterMs = 1_000;

export function createStore(bridge: Bridge): Store {
  const state = signal(initialState);
  let remembered = bridge.load();
  const draft = signal(remembered.draft);
  let saving: ReturnType<typeof setTimeout> | undefined;

  const act = (action: Action) => {
    state.value = reduce(state.peek(), action);
  };
  const remember = (change: Partial<WebviewState>) => {
    remembered = { ...remembered, ...change };
    clearTimeout(saving);
    saving = setTimeout(() => bridge.save(remembered), 150);
  };

  const setDraft = (text: string) => {
    draft.value = text;
    remember({ draft: text });
  };

  const planDraft: Store['planDraft'] = signal(remembered.planDraft ?? null);
  let isKnown = true;
  planDraft.subscribe((changed) => {
    if (!isKnown) {
      const { planDraft: _, ...rest } = remembered;
      remembered = rest;
      remember(changed === null ? {} : { planDraft: changed });
    }
    isKnown = false;
  });
  const revealed: Store['revealed'] = signal(null);
  const finding: Store['finding'] = signal(false);
  receive(bridge, (message) => {
    const { editing } = state.peek();
    act(message);
    if (message.type === 'resent' && message.done) {
      setDraft(editing?.before.draft ?? '');
    }
    if (message.type === 'remembered' && memoryIn(draft.peek()) === message.text) {
      setDraft('');
    }
    if (message.type === 'reveal') {
      revealed.value = message;
    }
    if (message.type === 'find') {
      finding.value = true;
    }
    sayAhead(state.peek(), act, bridge);
  });
  watchGaps(state, bridge);
  return {
    state,
    draft,
    remembered,
    expansion: createExpansion(),
    revealed,
    finding,
    inSight: signal(new Set()),
    planDraft,
    select: (pick) => computed(() => pick(state.value)),
    act,
    send: (message) => bridge.send(message),
    setDraft,
    remember,
  };
}

/** The prompt before it has become a turn: now there is something to say it to. */
function sayAhead({ ahead, outbox, mode }: ChatState, act: Store['act'], bridge: Bridge): void {
  if (outbox !== null || ahead.length === 0) {
    return;
  }
  act({ type: 'aheadSent' });
  for (const prompt of ahead) {
    bridge.send({ type: 'say', ...prompt, mode });
  }
}

/** Messages that arrive within one frame are taken in together: the view is drawn once a frame at most. */
function receive(bridge: Bridge, take: (message: ToWebview) => void): void {
  let queue: ToWebview[] = [];
  let scheduled = false;
  const flush = () => {
    scheduled = false;
    const messages = queue;
    queue = [];
    for (const message of mergeEvents(messages)) {
      take(message);
    }
  };
  bridge.listen((message) => {
    queue.push(message);
    if (!scheduled) {
      scheduled = true;
      onNextFrame(flush);
    }
  });
}

/** A hidden page gets no frames, and must not fall behind. */
function onNextFrame(run: () => void): void {
  let done = false;
  const once = () => {
    if (!done) {
      done = true;
      run();
    }
  };
  requestAnimationFrame(once);
  setTimeout(once, 60);
}

export function mergeEvents(messages: readonly ToWebview[]): ToWebview[] {
  const merged: ToWebview[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (message.type === 'events' && last?.type === 'events') {
      merged[merged.length - 1] = { type: 'events', events: last.events.concat(message.events) };
    } else {
      merged.push(message);
    }
  }
  return merged;
}

/** An event that stays missing means that something was lost: the session is then opened anew. */
function watchGaps(state: ReadonlySignal<ChatState>, bridge: Bridge): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  state.subscribe(({ transcript }) => {
    if (transcript.held.length === 0) {
      clearTimeout(timer);
      timer = undefined;
      return;
    }
    timer ??= setTimeout(() => {
      timer = undefined;
      const { held, sessionId } = state.peek().transcript;
      if (held.length > 0 && sessionId !== null) {
        bridge.send({ type: 'openSession', sessionId });
      }
    }, resyncAfterMs);
  });
}
