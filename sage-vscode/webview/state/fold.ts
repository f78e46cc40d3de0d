import type {
  DurableEvent,
  EventEnvelope,
  FilesRestored,
  InputPart,
  SessionEvent,
  Steer,
  TransientEvent,
  TurnStarted,
} from '../../src/protocol/generated';
import { diagnosticsWords } from '../text/diagnosticsWords';
import { besideOf, foldBackground } from './background';
import { emptyLive, type Item, type Live, type Transcript, type UserItem } from './chatState';
import { type Draft, findLast, findTool, isOpen, push, updateReply, updateSubagent, updateTool } from './draft';
import { asAttached, wordsOf } from './prompts';
import { appendOutput, appendPiece, emptyOutput, emptyStream, without } from './streams';
import { closeSubagent, costOf, emptySubagent, foldSubagent, growInside } from './subagent';
import { foldWaiting } from './waiting';

/** Folds a batch of events into a transcript. Known events change nothing; early ones wait for those before them. */
export function foldEvents(transcript: Transcript, events: readonly EventEnvelope[]): Transcript {
  const draft: Draft = { ...transcript, items: transcript.items as Item[] };
  for (const envelope of events) {
    foldEnvelope(draft, transcript, envelope);
  }
  return draft;
}

function foldEnvelope(draft: Draft, before: Transcript, envelope: EventEnvelope): void {
  if (!belongs(draft, envelope)) {
    return;
  }

  if (envelope.seq === undefined) {
    foldTransient(draft, before, envelope.event);
    return;
  }

  if (envelope.seq <= draft.lastSeq || draft.held.some((held) => held.seq === envelope.seq)) {
    return;
  }

  if (envelope.seq > draft.lastSeq + 1 && !isBeginning(draft, envelope)) {
    draft.held = [...draft.held, envelope].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    return;
  }

  applyDurable(draft, before, envelope);
  while (draft.held[0]?.seq === draft.lastSeq + 1) {
    const [next, ...rest] = draft.held;
    draft.held = rest;
    if (next) {
      applyDurable(draft, before, next);
    }
  }
}

/** Nothing that could be shown comes before the first turn, whatever its number. */
function isBeginning(draft: Draft, envelope: EventEnvelope): boolean {
  return draft.lastSeq === 0 && (envelope.event.type === 'sessionCreated' || envelope.event.type === 'turnStarted');
}

/** A fresh view takes up the session that its first prompt has made. */
function belongs(draft: Draft, envelope: EventEnvelope): boolean {
  const { type } = envelope.event;
  if (draft.sessionId === null && (type === 'sessionCreated' || type === 'turnStarted')) {
    draft.sessionId = envelope.sessionId;
  }
  return draft.sessionId === envelope.sessionId;
}

function applyDurable(draft: Draft, before: Transcript, envelope: EventEnvelope): void {
  draft.lastSeq = envelope.seq ?? draft.lastSeq;
  foldDurable(draft, before, envelope.event as DurableEvent);
}

function foldDurable(draft: Draft, before: Transcript, event: DurableEvent): void {
  draft.waiting = foldWaiting(draft.waiting, event);
  foldBeside(draft, before, event);
  draft.background = foldBackground(draft.background, event);
  switch (event.type) {
    case 'sessionCreated':
      return;
    case 'turnStarted':
      startTurn(draft, before, event);
      return;
    case 'replyEnded': {
      const reasoning = (event.reasoning ?? []).map((block) => block.text).join('\n\n');
      const ended = { text: event.text, reasoning, stopReason: event.stopReason };
      updateReply(draft, before, event.replyId, (reply) => ({ ...reply, ...ended }));
      draft.live = { ...draft.live, replies: without(draft.live.replies, event.replyId), retrying: null };
      return;
    }
    case 'toolCallStarted': {
      // A line of a command file no reply has made.
      if (findLast(draft.items, 'user', event.replyId) === undefined) {
        updateReply(draft, before, event.replyId, (reply) => reply);
      }
      const { callId: id, replyId, name, title, input } = event;
      const outcome = { status: 'running', text: '', durationMs: 0, images: [], changes: [], answer: null } as const;
      push(draft, before, { kind: 'tool', id, replyId, name, title, input, ...outcome });
      draft.live = { ...draft.live, drafts: draft.live.drafts.filter((call) => call.callId !== id), retrying: null };
      return;
    }
    case 'toolCallEnded': {
      const { status, text, durationMs, images = [] } = event;
      updateTool(draft, before, event.callId, (tool) => ({
        ...tool,
        ...(tool.inside && tool.beside === undefined && { inside: closeSubagent(tool.inside) }),
        ...{ status, text, durationMs, images },
      }));
      const { outputs, settled, inside } = draft.live;
      const live = { outputs: without(outputs, event.callId), settled: without(settled, event.callId) };
      const goesOn = besideOf(draft.background, event.callId) !== undefined;
      draft.live = { ...draft.live, ...live, inside: goesOn ? inside : without(inside, event.callId) };
      return;
    }
    case 'subagent':
      draft.cost += costOf(event.event);
      updateSubagent(draft, before, event.callId, (tool) => ({
        ...tool,
        inside: foldSubagent(tool.inside ?? emptySubagent, event.event),
      }));
      if (event.event.type === 'replyEnded') {
        draft.live = { ...draft.live, inside: without(draft.live.inside, event.callId) };
      }
      return;
    case 'permissionAsked':
      updateTool(draft, before, event.callId, (tool) => ({ ...tool, status: 'waiting' }));
      return;
    case 'permissionAnswered':
      updateTool(draft, before, event.callId, (tool) => ({ ...tool, status: 'running', answer: event }));
      return;
    case 'planProposed':
      updateTool(draft, before, event.callId, (tool) => ({
        ...tool,
        status: 'waiting',
        proposed: { plan: event.plan, answer: null },
      }));
      return;
    case 'planAnswered':
      updateTool(draft, before, event.callId, (tool) => ({
        ...tool,
        status: 'running',
        proposed: { plan: tool.proposed?.plan ?? '', answer: event },
      }));
      return;
    case 'steer':
      deliver(draft, before, event);
      return;
    case 'planUpdated':
      draft.plan = event.items;
      return;
    case 'fileChanged':
      draft.hasChanges = true;
      updateSubagent(draft, before, event.callId, (tool) => ({ ...tool, changes: [...tool.changes, event] }));
      return;
    case 'filesRestored':
      restore(draft, before, event);
      return;
    case 'hunksKept':
      // What is still to be reviewed is the server's to say.
      return;
    case 'usage':
      draft.usage = event.usage;
      draft.cost += event.usage.cost ?? 0;
      return;
    case 'modelAsked':
      draft.cost += event.usage.cost ?? 0;
      return;
    case 'sessionTitled':
      draft.title = event.title;
      draft.cost += event.usage?.cost ?? 0;
      return;
    case 'modelChosen':
      draft.model = event.model;
      return;
    case 'compacted': {
      const { tokensBefore, tokensAfter, summary = null } = event;
      draft.cost += event.usage?.cost ?? 0;
      push(draft, before, { kind: 'compaction', id: `${draft.lastSeq}`, tokensBefore, tokensAfter, summary });
      draft.live = { ...draft.live, compacting: false };
      return;
    }
    case 'notice':
      push(draft, before, { kind: 'notice', id: `${draft.lastSeq}`, text: event.text });
      return;
    case 'diagnosticsArrived':
      push(draft, before, { kind: 'notice', id: `${draft.lastSeq}`, text: diagnosticsWords(event) });
      return;
    case 'hookRan':
      if (event.callId === undefined) {
        push(draft, before, { kind: 'hook', id: `${draft.lastSeq}`, ran: event });
      } else {
        updateTool(draft, before, event.callId, (tool) => ({ ...tool, hooks: [...(tool.hooks ?? []), event] }));
      }
      return;
    case 'turnEnded': {
      const { turnId: id, outcome, usage, error = null, stopped = [] } = event;
      push(draft, before, { kind: 'turnEnd', id, outcome, usage, error, stopped, input: inputOf(draft, id) });
      draft.running = false;
      draft.live = emptyLive;
      return;
    }
    default:
      // A newer server may say more than this view understands; the rest of the session is still worth showing.
      return;
  }
}

/** The card of a sub-agent in the background says how that goes, whatever its call has come to. */
function foldBeside(draft: Draft, before: Transcript, event: DurableEvent): void {
  if (event.type === 'backgroundStarted' && event.subagent !== undefined) {
    updateTool(draft, before, event.callId, (tool) => ({ ...tool, beside: 'working' }));
  } else if (event.type === 'backgroundEnded') {
    const task = draft.background.find(({ id }) => id === event.taskId);
    if (task !== undefined && task.subagent !== null) {
      updateSubagent(draft, before, task.callId, (tool) => ({
        ...tool,
        beside: event.how,
        ...(tool.inside && { inside: closeSubagent(tool.inside) }),
      }));
      draft.live = { ...draft.live, inside: without(draft.live.inside, task.callId) };
    }
  }
}

function startTurn(draft: Draft, before: Transcript, event: TurnStarted): void {
  const { turnId: id, prompt, attachments = [], command } = event;
  const sent = command === undefined ? {} : { command };
  push(draft, before, { kind: 'user', id, seq: draft.lastSeq, prompt, attachments, ...sent });
  draft.running = true;
  draft.live = emptyLive;
}

function restore(draft: Draft, before: Transcript, event: FilesRestored): void {
  const { restoreId: id, kind: what, files, turnId, undoes, reason = null } = event;
  const prompt = turnId === undefined ? null : (findUser(draft.items, turnId)?.prompt ?? null);
  push(draft, before, { kind: 'restore', id, what, files, prompt, reason });
  draft.redoable = what === 'redone' ? draft.redoable.filter((other) => other !== undoes) : [...draft.redoable, id];
}

/** A steer stands where the model has read it; a queued prompt is the turn that it starts. */
function deliver(draft: Draft, before: Transcript, { id, state, kind, input = [] }: Steer): void {
  if (state === 'delivered' && kind === 'steer') {
    const attachments = input.filter((part) => part.type !== 'text');
    const words = { seq: draft.lastSeq, prompt: wordsOf(input), attachments };
    push(draft, before, { kind: 'user', id, ...words, isSteer: true });
  }
}

function foldTransient(draft: Draft, before: Transcript, event: SessionEvent | TransientEvent): void {
  const { live } = draft;
  switch (event.type) {
    case 'textDelta':
    case 'reasoningDelta':
      growReply(draft, before, event);
      return;
    case 'toolCallDelta':
      if (live.drafts.some((call) => call.callId === event.callId) || findTool(draft, event.callId) === undefined) {
        draft.live = { ...live, drafts: growCall(live, event), retrying: null };
      }
      return;
    case 'subagentDelta':
      if (isOpen(draft, event.callId) || besideOf(draft.background, event.callId) !== undefined) {
        draft.live = { ...live, inside: growInside(live, event) };
      }
      return;
    case 'toolOutput':
      if (isOpen(draft, event.callId)) {
        const output = appendOutput(live.outputs[event.callId] ?? emptyOutput, event.offset, event.text);
        draft.live = { ...live, outputs: { ...live.outputs, [event.callId]: output } };
      }
      return;
    case 'toolCallSettled':
      if (isOpen(draft, event.callId)) {
        const { callId, status, durationMs } = event;
        draft.live = { ...live, settled: { ...live.settled, [callId]: { status, durationMs } } };
      }
      return;
    case 'retrying':
      draft.live = draft.running ? { ...live, retrying: event } : live;
      return;
    case 'compacting':
      draft.live = { ...live, compacting: true };
      return;
    case 'backgroundOutput':
      draft.background = foldBackground(draft.background, event);
      return;
    case 'stopping':
      draft.live = draft.running ? { ...live, stop: { work: event.work, stopped: [] } } : live;
      return;
    case 'workStopped':
      if (live.stop !== null) {
        draft.live = { ...live, stop: { ...live.stop, stopped: [...live.stop.stopped, event] } };
      }
      return;
    default:
      return;
  }
}

type ReplyDelta = Extract<TransientEvent, { type: 'textDelta' | 'reasoningDelta' }>;

function growReply(draft: Draft, before: Transcript, event: ReplyDelta): void {
  const known = draft.live.replies[event.replyId];
  if (known === undefined) {
    updateReply(draft, before, event.replyId, (reply) => reply);
    const reply = findLast(draft.items, 'reply', event.replyId);
    if (reply?.stopReason !== null) {
      return;
    }
  }

  const { text, reasoning } = known ?? { text: emptyStream, reasoning: emptyStream };
  const grown =
    event.type === 'textDelta'
      ? { text: appendPiece(text, event.offset, event.text), reasoning }
      : { text, reasoning: appendPiece(reasoning, event.offset, event.text) };
  draft.live = { ...draft.live, replies: { ...draft.live.replies, [event.replyId]: grown }, retrying: null };
}

function growCall(live: Live, event: Extract<TransientEvent, { type: 'toolCallDelta' }>): Live['drafts'] {
  const { callId, name, delta } = event;
  const known = live.drafts.find((call) => call.callId === callId);
  return known === undefined
    ? [...live.drafts, { callId, name, json: delta }]
    : live.drafts.map((call) => (call === known ? { ...call, json: call.json + delta } : call));
}

function inputOf(draft: Draft, turnId: string): readonly InputPart[] {
  const user = findUser(draft.items, turnId);
  return user === undefined ? [] : promptOf(user);
}

/** What was sent, to be sent again. */
export function promptOf(user: UserItem): readonly InputPart[] {
  return [{ type: 'text', text: user.prompt }, ...user.attachments.map(asAttached)];
}

function findUser(items: readonly Item[], id: string): UserItem | undefined {
  const item = items.findLast((candidate) => candidate.kind === 'user' && candidate.id === id);
  return item?.kind === 'user' ? item : undefined;
}
