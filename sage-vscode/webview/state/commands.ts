import type { InputPart, PermissionMode, PermissionRequestResult, SteerKind } from '../../src/protocol/generated';
import { isBusy, type WaitingPrompt } from './chatState';
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
  // Before the prompt has become a turn there is nothing to say something to.
  if (!state.transcript.running || state.server.kind === 'stopped' || input.length === 0) {
    return false;
  }
  store.act({ type: 'promptSaid' });
  store.send({ type: 'say', id: crypto.randomUUID(), kind, input, mode: state.mode });
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

/** A tool names files as it likes; only what looks like a path within reach is offered as a link. */
export function openFile(store: Store, path: string, line?: number): void {
  store.send(line === undefined ? { type: 'openFile', path } : { type: 'openFile', path, line });
}
