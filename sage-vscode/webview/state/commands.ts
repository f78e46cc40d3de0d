import type {
  InputPart,
  PermissionMode,
  PermissionRequestResult,
  ReviewPlanResult,
  SteerKind,
} from '../../src/protocol/generated';
import { isBusy, type UserItem, type WaitingPrompt } from './chatState';
import { firstSeq } from './earlier';
import type { HistoryWish } from './history';
import { asAttached } from './prompts';
import type { Store } from './store';

/** Sends a prompt, unless a turn runs or no server would take it. Answers whether it went out. */
export function sendPrompt(store: Store, input: readonly InputPart[]): boolean {
  const state = store.state.peek();
  if (isBusy(state) || state.server.kind === 'stopped' || input.length === 0) {
    return false;
  }
  store.act({ type: 'promptSent', input });
  store.send({ type: 'send', input, mode: state.mode });
  return true;
}

/** Says something to the turn that runs, or leaves it for a turn of its own. Answers whether it went out. */
export function sayToTurn(store: Store, kind: SteerKind, input: readonly InputPart[]): boolean {
  const state = store.state.peek();
  if (!isBusy(state) || state.server.kind === 'stopped' || input.length === 0) {
    return false;
  }
  const id = crypto.randomUUID();
  if (state.outbox === null) {
    store.act({ type: 'promptSaid' });
    store.send({ type: 'say', id, kind, input, mode: state.mode });
  } else {
    // Before the prompt has become a turn there is nothing to say it to.
    store.act({ type: 'saidAhead', prompt: { id, kind, input } });
  }
  return true;
}

/** Moves a prompt that waits into the turn that runs. */
export function steerWaiting(store: Store, prompt: WaitingPrompt): void {
  store.send({ type: 'say', id: prompt.id, kind: 'steer', input: prompt.input, mode: store.state.peek().mode });
}

/** Changes the order of what waits by one place. */
export function moveWaiting(store: Store, id: string, by: -1 | 1): void {
  const ids = store.state.peek().transcript.waiting.map((prompt) => prompt.id);
  const from = ids.indexOf(id);
  const other = ids[from + by];
  if (from >= 0 && other !== undefined) {
    ids[from + by] = id;
    ids[from] = other;
    store.send({ type: 'reorderQueued', ids });
  }
}

/** A second request is passed on too: it stops harder. */
export function stopTurn(store: Store): void {
  if (isBusy(store.state.peek())) {
    store.act({ type: 'stopRequested' });
    store.send({ type: 'stop' });
  }
}

export function chooseMode(store: Store, mode: PermissionMode): void {
  store.act({ type: 'modeChosen', mode });
  store.send({ type: 'setMode', mode });
}

export function chooseModel(store: Store, id: string): void {
  store.act({ type: 'modelChosen', id });
  store.send({ type: 'selectModel', id });
}

export function answerPermission(store: Store, callId: string, answer: PermissionRequestResult): void {
  store.act({ type: 'permissionAnswered', callId });
  store.send({ type: 'answerPermission', callId, answer });
}

export function answerQuestion(store: Store, callId: string, answers: readonly (readonly string[])[] | null): void {
  store.act({ type: 'questionAnswered', callId });
  store.send({ type: 'answerQuestion', callId, answers });
}

export function answerPlan(store: Store, callId: string, answer: ReviewPlanResult): void {
  store.act({ type: 'planSent', callId });
  store.send({ type: 'answerPlan', callId, answer });
  store.planDraft.value = null;
}

/** Says no to who asks, which is more than not to answer. */
export function declineQuestion(store: Store, callId: string): void {
  store.act({ type: 'questionAnswered', callId });
  store.send({ type: 'answerQuestion', callId, answers: null, declined: true });
}

/** Asks what going back to before a turn would do; the dialog opens at once, and fills when the answer comes. */
export function askToRestore(store: Store, turnId: string, prompt: string): void {
  store.act({ type: 'restoreAsked', turnId, prompt });
  store.send({ type: 'previewRestore', turnId });
}

export function restore(store: Store, turnId: string, overwrite: boolean): void {
  store.act({ type: 'restoreClosed' });
  store.send({ type: 'restore', turnId, overwrite });
}

/** A tool names files as it likes; only what looks like a path within reach is offered as a link. */
export function openFile(store: Store, path: string, line?: number): void {
  store.send(line === undefined ? { type: 'openFile', path } : { type: 'openFile', path, line });
}

/** Puts an earlier prompt into the composer, to be sent with other words. */
export function editPrompt(store: Store, { id: turnId, seq, prompt, attachments }: UserItem): void {
  store.act({
    type: 'editBegun',
    of: { turnId, seq, prompt },
    attachments: attachments.map(asAttached),
    draft: store.draft.peek(),
  });
  store.setDraft(prompt);
}

/** Leaves the session as it is, and the composer as it was. */
export function cancelEdit(store: Store): void {
  const { editing } = store.state.peek();
  store.act({ type: 'editClosed' });
  store.setDraft(editing?.before.draft ?? '');
}

/** Asks what was changed since the prompt, if anything may have been; else sends the edit. */
export function sendEdit(store: Store, input: readonly InputPart[]): boolean {
  const { editing, transcript, server } = store.state.peek();
  if (editing?.phase !== 'writing' || transcript.running || server.kind === 'stopped') {
    return false;
  }
  store.act({ type: 'editAsked', input });
  if (transcript.hasChanges || transcript.earlier !== null) {
    store.send({ type: 'previewRestore', turnId: editing.turnId });
  } else {
    resend(store, 'keep');
  }
  return true;
}

export function resend(store: Store, files: 'keep' | 'restore' | 'overwrite'): void {
  const { editing, transcript, mode } = store.state.peek();
  if (editing !== null && transcript.sessionId !== null) {
    const { turnId, seq: atSeq, input } = editing;
    store.act({ type: 'editSent' });
    store.send({ type: 'resend', sessionId: transcript.sessionId, turnId, atSeq, input, mode, files });
  }
}

/** A new session that holds everything up to the end of the turn of a prompt. */
export function forkAfter(store: Store, { seq }: UserItem): void {
  const { sessionId } = store.state.peek().transcript;
  if (sessionId !== null) {
    store.send({ type: 'forkSession', sessionId, atSeq: seq + 1 });
  }
}

/** Asks for what happened before the oldest event that is here. */
export function askEarlier(store: Store): void {
  const { sessionId, earlier } = store.state.peek().transcript;
  if (sessionId !== null && earlier !== null && earlier.state !== 'loading') {
    store.act({ type: 'earlierAsked' });
    store.send({ type: 'pageSession', sessionId, beforeSeq: firstSeq(earlier.events) });
  }
}

/** Asks for sessions; what was asked before is not waited for any more. */
export function askHistory(store: Store, wish: HistoryWish = {}): void {
  store.act({ type: 'historyAsked', wish });
  const { history } = store.state.peek();
  if (history !== null) {
    store.send({ type: 'listHistory', ...history.asked });
  }
}

/** Back to the conversation, with the focus where the user writes. */
export function closeHistory(store: Store): void {
  store.act({ type: 'focusComposer' });
}
