import type { RejectionReason, ToWebview } from '../../src/protocol/bridge';
import type { EventEnvelope, InputPart, PermissionMode, SessionEvent } from '../../src/protocol/generated';
import { t } from '../l10n';
import type { ChatState, Item, Rejection, UserItem, WaitingPrompt } from './chatState';
import { type Earlier, firstSeq, foldEarlier, foldNew, foldOpened } from './earlier';
import { type EditingAction, reduceEditing, takePreview } from './editing';
import { promptOf } from './fold';
import { type HistoryAction, openedHistory, reduceHistory } from './history';

/** What the user does that the view shows before the host has answered. */
export type LocalAction =
  | { readonly type: 'promptSent'; readonly input: readonly InputPart[] }
  | { readonly type: 'promptSaid' }
  | { readonly type: 'saidAhead'; readonly prompt: WaitingPrompt }
  | { readonly type: 'aheadSent' }
  | { readonly type: 'aheadRemoved'; readonly id: string }
  | { readonly type: 'stopRequested' }
  | { readonly type: 'modeChosen'; readonly mode: PermissionMode }
  | { readonly type: 'modelChosen'; readonly id: string }
  | { readonly type: 'partAttached'; readonly part: InputPart }
  | { readonly type: 'partRemoved'; readonly part: InputPart }
  | { readonly type: 'permissionAnswered'; readonly callId: string }
  | { readonly type: 'questionAnswered'; readonly callId: string }
  | { readonly type: 'planSent'; readonly callId: string }
  | { readonly type: 'rejectionClosed' }
  | { readonly type: 'toldClosed' }
  | { readonly type: 'overviewClosed' }
  | { readonly type: 'offerAnswered'; readonly hash: string }
  | { readonly type: 'earlierAsked' }
  | { readonly type: 'restoreAsked'; readonly turnId: string; readonly prompt: string }
  | { readonly type: 'restoreClosed' };

export type Action = ToWebview | LocalAction | HistoryAction | EditingAction;

/** The whole view as a function of what was said. Pure: no clock, no I/O, no identity of its own. */
export function reduce(state: ChatState, action: Action): ChatState {
  switch (action.type) {
    case 'initialized':
      return initialize(state, action);
    case 'serverState':
      return changeServer(state, action.state);
    case 'sessionOpened':
      return openSession(state, action);
    case 'events':
      return receiveEvents(state, action.events);
    case 'earlierEvents':
      return receiveEarlier(state, action);
    case 'turnRejected':
      return action.input === undefined
        ? rejectTurn(state, action.message, action.reason)
        : { ...state, rejected: { message: action.message, input: action.input, isUnseen: true } };
    case 'permissionRequested':
      return { ...state, permissions: [...dropCall(state.permissions, action.request.callId), action.request] };
    case 'questionAsked':
      return { ...state, questions: [...dropCall(state.questions, action.request.callId), action.request] };
    case 'permissionClosed':
    case 'permissionAnswered':
      return { ...state, permissions: dropCall(state.permissions, action.callId) };
    case 'questionClosed':
    case 'questionAnswered':
      return { ...state, questions: dropCall(state.questions, action.callId) };
    case 'planAsked':
      return { ...state, plans: [...dropCall(state.plans, action.request.callId), action.request] };
    case 'planClosed':
    case 'planSent':
      return { ...state, plans: dropCall(state.plans, action.callId) };
    case 'pendingFiles':
      return action.sessionId === state.transcript.sessionId ? { ...state, pending: action.files } : state;
    case 'restorePreview':
      return previewRestore(state, action);
    case 'find':
    case 'reveal':
      return { ...state, history: null };
    case 'models':
      return { ...state, models: action.models };
    case 'commands':
      return { ...state, commands: action.commands, commandProblems: action.problems };
    case 'overview':
      return { ...state, overview: action.overview };
    case 'restoreChosen':
      return { ...state, restoring: { turnId: action.turnId, prompt: action.prompt, files: null } };
    case 'mentionsFound':
      return { ...state, mentions: { words: action.words, items: action.items } };
    case 'resources':
      return { ...state, resources: action.resources };
    case 'safety':
      return { ...state, trusted: action.trusted, offers: action.offers };
    case 'mcpFailed':
      return { ...state, mcpFailed: action.servers };
    case 'editorContext':
      return { ...state, editorContext: action.context };
    case 'attach':
    case 'partAttached':
      return attach(state, action.part);
    case 'showHistory':
      return { ...state, history: state.history ?? openedHistory };
    case 'history':
    case 'historyFailed':
    case 'historyChanged':
    case 'historyAsked':
    case 'deletedForgotten':
      return { ...state, history: state.history && reduceHistory(state.history, action) };
    case 'resent':
    case 'editBegun':
    case 'editAsked':
    case 'editSent':
    case 'editPaused':
    case 'editClosed':
      return reduceEditing(state, action);
    case 'remembered':
      return { ...state, told: t('Remembered in {0}: {1}', action.place, action.text) };
    case 'told':
      return { ...state, told: action.text };
    case 'focusComposer':
      return { ...state, history: null, focusRequest: { late: false } };
    default:
      return reduceLocal(state, action);
  }
}

type PlainLocalAction = Exclude<
  LocalAction,
  { type: 'permissionAnswered' | 'questionAnswered' | 'planSent' | 'partAttached' }
>;

function reduceLocal(state: ChatState, action: PlainLocalAction): ChatState {
  switch (action.type) {
    case 'promptSent':
      return {
        ...state,
        outbox: action.input,
        attachments: [],
        rejected: null,
        stopping: false,
        history: null,
        told: null,
        overview: null,
      };
    case 'promptSaid':
      return { ...state, attachments: [], rejected: null };
    case 'saidAhead':
      return { ...state, attachments: [], ahead: [...state.ahead, action.prompt] };
    case 'aheadSent':
      return { ...state, ahead: [] };
    case 'aheadRemoved':
      return { ...state, ahead: state.ahead.filter((prompt) => prompt.id !== action.id) };
    case 'stopRequested':
      return { ...state, stopping: true };
    case 'modeChosen':
      return { ...state, mode: action.mode };
    case 'modelChosen':
      return state.models === null
        ? state
        : {
            ...state,
            models: { ...state.models, selected: action.id },
            transcript: { ...state.transcript, model: state.transcript.sessionId === null ? null : action.id },
          };
    case 'partRemoved':
      return { ...state, attachments: state.attachments.filter((part) => part !== action.part) };
    case 'rejectionClosed':
      return { ...state, rejected: null };
    case 'earlierAsked':
      return changeEarlier(state, 'loading');
    case 'toldClosed':
      return { ...state, told: null };
    case 'overviewClosed':
      return { ...state, overview: null };
    case 'offerAnswered':
      return { ...state, offers: state.offers.filter((offer) => offer.hash !== action.hash) };
    case 'restoreAsked':
      return { ...state, restoring: { turnId: action.turnId, prompt: action.prompt, files: null } };
    case 'restoreClosed':
      return { ...state, restoring: null };
    default:
      return state;
  }
}

function initialize(state: ChatState, action: Extract<ToWebview, { type: 'initialized' }>): ChatState {
  const { mode, workspaceName, show } = action;
  return {
    ...state,
    initialized: true,
    mode,
    workspaceName,
    history: state.history ?? (show === 'history' ? openedHistory : null),
    focusRequest: show === 'composer' ? { late: true } : state.focusRequest,
  };
}

/** A turn ends with its server: what was waiting will not be answered any more. */
function changeServer(state: ChatState, server: ChatState['server']): ChatState {
  if (server.kind === 'running' || state.server.kind !== 'running') {
    return { ...state, server };
  }
  const transcript = { ...state.transcript, running: false };
  const lost = { transcript, permissions: [], questions: [], plans: [], stopping: false };
  return state.outbox === null
    ? { ...state, ...lost, server }
    : { ...rejectTurn(state, t('The Sage server stopped before it took the prompt.')), ...lost, server };
}

function openSession(state: ChatState, action: Extract<ToWebview, { type: 'sessionOpened' }>): ChatState {
  const { sessionId, events, running } = action;
  const isFresh = sessionId === '';
  // A session that is made for the first prompt opens while that prompt is on its way.
  const keepsOutbox = events.length === 0 && !isFresh;
  return {
    ...state,
    transcript: foldOpened(isFresh ? null : sessionId, events, running),
    pending: [],
    restoring: sessionId === state.transcript.sessionId ? state.restoring : null,
    editing: sessionId === state.transcript.sessionId || state.editing?.phase === 'sending' ? state.editing : null,
    permissions: state.permissions.filter((request) => request.sessionId === sessionId),
    questions: state.questions.filter((request) => request.sessionId === sessionId),
    plans: state.plans.filter((request) => request.sessionId === sessionId),
    outbox: keepsOutbox ? state.outbox : null,
    ahead: keepsOutbox ? state.ahead : [],
    rejected: keepsOutbox
      ? state.rejected
      : notSent(state.ahead, t('This was not sent: another session was opened before its turn had begun.')),
    stopping: false,
    told: null,
    overview: null,
  };
}

/** An answer that nobody waits for any more opens nothing. */
function previewRestore(
  state: ChatState,
  { turnId, files }: Extract<ToWebview, { type: 'restorePreview' }>,
): ChatState {
  const { editing } = state;
  if (editing?.turnId === turnId && editing.phase === 'asking') {
    return { ...state, editing: takePreview(editing, files) };
  }
  return state.restoring?.turnId === turnId
    ? { ...state, restoring: files === null ? null : { ...state.restoring, files } }
    : state;
}

/** The call that has its result now; also one inside a sub-agent. */
function resultIn(event: SessionEvent): readonly string[] {
  if (event.type === 'subagent') {
    return resultIn(event.event);
  }
  return event.type === 'toolCallEnded' ? [event.callId] : [];
}

function receiveEvents(state: ChatState, events: readonly EventEnvelope[]): ChatState {
  const transcript = foldNew(state.transcript, events);
  const mine = events.filter((envelope) => envelope.sessionId === transcript.sessionId);
  const began = mine.some((envelope) => envelope.event.type === 'turnStarted');
  const ended = mine.some((envelope) => envelope.event.type === 'turnEnded');
  const results = new Set(mine.flatMap(({ event }) => resultIn(event)));
  // What goes on beside the turn may ask when that is over.
  const beside = new Set(transcript.background.flatMap((task) => task.open));
  const isOpen = ({ callId }: { readonly callId: string }) => (!ended || beside.has(callId)) && !results.has(callId);
  // After a stop nothing is sent that the user has not sent again.
  const unsaid =
    began && state.stopping
      ? notSent(state.ahead, t('This was not sent: the turn was stopped before it had begun.'))
      : null;
  return {
    ...state,
    transcript,
    outbox: began ? null : state.outbox,
    ahead: unsaid === null ? state.ahead : [],
    rejected: began ? unsaid : state.rejected,
    stopping: ended ? false : state.stopping,
    permissions: keep(state.permissions, isOpen),
    questions: keep(state.questions, isOpen),
    plans: keep(state.plans, isOpen),
    mode: modeAfter(state.mode, mine),
  };
}

/** Plan mode ends where a plan is accepted, also when that happened elsewhere. */
function modeAfter(mode: PermissionMode, events: readonly EventEnvelope[]): PermissionMode {
  const accepted = events.findLast(({ event }) => event.type === 'planAnswered' && event.mode !== undefined)?.event;
  return accepted?.type === 'planAnswered' ? (accepted.mode ?? mode) : mode;
}

/** An answer for another session, or for events that are here by now, is stale. */
function receiveEarlier(state: ChatState, action: Extract<ToWebview, { type: 'earlierEvents' }>): ChatState {
  const { sessionId, earlier } = state.transcript;
  if (action.sessionId !== sessionId || earlier === null || firstSeq(earlier.events) !== action.beforeSeq) {
    return state;
  }
  return action.events === null
    ? changeEarlier(state, 'failed')
    : { ...state, transcript: foldEarlier(state.transcript, action.events) };
}

function changeEarlier(state: ChatState, to: Earlier['state']): ChatState {
  const { transcript } = state;
  return transcript.earlier === null
    ? state
    : { ...state, transcript: { ...transcript, earlier: { ...transcript.earlier, state: to } } };
}

/** Like `filter`, but the same array when nothing goes: views compare by identity. */
function keep<T>(list: readonly T[], wanted: (entry: T) => boolean): readonly T[] {
  return list.every(wanted) ? list : list.filter(wanted);
}

function rejectTurn(state: ChatState, message: string, reason?: RejectionReason): ChatState {
  const { transcript, outbox, ahead } = state;
  const turn = openTurn(transcript.items);
  const isRunning = transcript.running && turn !== null && state.server.kind === 'running';
  const rejected =
    outbox !== null
      ? { message, reason, input: [...outbox, ...inputOf(ahead)], isUnseen: true }
      : { message, reason, input: turn === null ? [] : promptOf(turn), isUnseen: false };
  return {
    ...state,
    outbox: null,
    ahead: [],
    stopping: false,
    rejected,
    transcript: { ...transcript, running: isRunning },
  };
}

/** What there is no turn to say to: the words stay with the user. */
function notSent(ahead: readonly WaitingPrompt[], message: string): Rejection | null {
  return ahead.length === 0 ? null : { message, input: inputOf(ahead), isUnseen: true };
}

function inputOf(prompts: readonly WaitingPrompt[]): InputPart[] {
  return prompts.flatMap((prompt) => prompt.input);
}

/** The prompt whose turn has not ended. */
function openTurn(items: readonly Item[]): UserItem | null {
  const last = items.findLast((item) => (item.kind === 'user' && !item.isSteer) || item.kind === 'turnEnd');
  return last?.kind === 'user' ? last : null;
}

function attach(state: ChatState, part: InputPart): ChatState {
  const known = state.attachments.some((other) => samePart(other, part));
  return known ? state : { ...state, attachments: [...state.attachments, part] };
}

function samePart(left: InputPart, right: InputPart): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function dropCall<T extends { readonly callId: string }>(list: readonly T[], callId: string): readonly T[] {
  return list.filter((request) => request.callId !== callId);
}
