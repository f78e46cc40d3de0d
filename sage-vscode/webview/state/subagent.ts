import type { SessionEvent, Steer, SteerState, SubagentDelta, ToolCallEnded } from '../../src/protocol/generated';
import { diagnosticsWords } from '../text/diagnosticsWords';
import { hookWords } from '../text/hookWords';
import type { Live, ToolStatus } from './chatState';
import { wordsOf } from './prompts';
import { appendPiece, emptyStream } from './streams';

/** One thing a sub-agent said or did, in a line. */
export type SubagentLine =
  | { readonly kind: 'words'; readonly id: string; readonly text: string }
  /** What the user has said to it, and how far that got. */
  | { readonly kind: 'steer'; readonly id: string; readonly text: string; readonly state: SteerState }
  | {
      readonly kind: 'call';
      readonly id: string;
      readonly name: string;
      readonly title: string;
      readonly status: ToolStatus;
      readonly text: string;
    };

type SubagentCall = Extract<SubagentLine, { kind: 'call' }>;

/** What happened inside a sub-agent, folded from its events. */
export interface Subagent {
  readonly lines: readonly SubagentLine[];
  /** How many replies its model has made. */
  readonly steps: number;
}

export const emptySubagent: Subagent = { lines: [], steps: 0 };

export function foldSubagent(subagent: Subagent, event: SessionEvent): Subagent {
  const { lines, steps } = subagent;
  switch (event.type) {
    case 'replyEnded':
      return { steps: steps + 1, lines: say(lines, event.replyId, event.text) };
    case 'diagnosticsArrived':
      return { steps, lines: say(lines, `notice-${lines.length}`, diagnosticsWords(event)) };
    case 'notice':
      return { steps, lines: say(lines, `notice-${lines.length}`, event.text) };
    case 'hookRan':
      return { steps, lines: say(lines, `hook-${lines.length}`, hookWords(event)) };
    case 'toolCallStarted': {
      const { callId: id, name, title } = event;
      return { steps, lines: [...lines, { kind: 'call', id, name, title, status: 'running', text: '' }] };
    }
    case 'toolCallEnded':
      return { steps, lines: changeCall(lines, event.callId, resultOf(event)) };
    case 'steer':
      return { steps, lines: steer(lines, event) };
    case 'permissionAsked':
      return { steps, lines: changeCall(lines, event.callId, { status: 'waiting' }) };
    case 'permissionAnswered':
      return { steps, lines: changeCall(lines, event.callId, { status: 'running' }) };
    default:
      return subagent;
  }
}

/** The reply that one is just making, with another piece. */
export function growInside(live: Live, { callId, replyId, offset, text }: SubagentDelta): Live['inside'] {
  const known = live.inside[callId];
  const stream = known?.replyId === replyId ? known.text : emptyStream;
  return { ...live.inside, [callId]: { replyId, text: appendPiece(stream, offset, text) } };
}

/** What a sub-agent spends is the session's. */
export function costOf(event: SessionEvent): number {
  const spends = event.type === 'usage' || event.type === 'compacted' || event.type === 'modelAsked';
  return spends ? (event.usage?.cost ?? 0) : 0;
}

/** When its call has its result, nothing inside goes on: what is open was cut off. */
export function closeSubagent(subagent: Subagent): Subagent {
  return { ...subagent, lines: subagent.lines.map(closeLine) };
}

function closeLine(line: SubagentLine): SubagentLine {
  if (line.kind === 'call' && (line.status === 'running' || line.status === 'waiting')) {
    return { ...line, status: 'cancelled' };
  }
  return line.kind === 'steer' && line.state === 'accepted' ? { ...line, state: 'dropped' } : line;
}

/** Words stand where the model has read them. */
function steer(lines: readonly SubagentLine[], { id, state, input }: Steer): readonly SubagentLine[] {
  const known = lines.find((line) => line.kind === 'steer' && line.id === id);
  const before = known?.kind === 'steer' ? known.text : '';
  const line: SubagentLine = { kind: 'steer', id, state, text: input === undefined ? before : wordsOf(input) };
  return known !== undefined && state === 'dropped'
    ? lines.map((other) => (other === known ? line : other))
    : [...lines.filter((other) => other !== known), line];
}

function say(lines: readonly SubagentLine[], id: string, text: string): readonly SubagentLine[] {
  return text.trim() === '' ? lines : [...lines, { kind: 'words', id, text: text.trim() }];
}

function resultOf({ status, text }: ToolCallEnded): Partial<SubagentCall> {
  return { status, text };
}

function changeCall(
  lines: readonly SubagentLine[],
  id: string,
  change: Partial<SubagentCall>,
): readonly SubagentLine[] {
  return lines.map((line) => (line.kind === 'call' && line.id === id ? { ...line, ...change } : line));
}
