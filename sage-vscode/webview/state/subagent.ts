import type { SessionEvent, ToolCallEnded } from '../../src/protocol/generated';
import { hookWords } from '../text/hookWords';
import type { ToolStatus } from './chatState';

/** One thing a sub-agent said or did, in a line. */
export type SubagentLine =
  | { readonly kind: 'words'; readonly id: string; readonly text: string }
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
    case 'permissionAsked':
      return { steps, lines: changeCall(lines, event.callId, { status: 'waiting' }) };
    case 'permissionAnswered':
      return { steps, lines: changeCall(lines, event.callId, { status: 'running' }) };
    default:
      return subagent;
  }
}

/** When its call has its result, nothing inside goes on: what is open was cut off. */
export function closeSubagent(subagent: Subagent): Subagent {
  const lines = subagent.lines.map((line) =>
    line.kind === 'call' && (line.status === 'running' || line.status === 'waiting')
      ? { ...line, status: 'cancelled' as const }
      : line,
  );
  return { ...subagent, lines };
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
