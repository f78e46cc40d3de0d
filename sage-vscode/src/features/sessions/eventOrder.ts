import type { EventEnvelope } from '../../protocol/generated';

/** A session being opened, and what was streamed before the answer came. */
export interface Catchup {
  readonly sessionId: string;
  readonly held: EventEnvelope[];
}

export function lastSeqOf(events: readonly EventEnvelope[], before: number): number {
  return events.reduce((last, { seq }) => Math.max(last, seq ?? 0), before);
}

/** Durable events are numbered without gaps: a jump means that something was missed. */
export function isGap(lastSeq: number, { seq }: EventEnvelope): boolean {
  return seq !== undefined && seq > lastSeq + 1;
}

/** What the answer does not contain yet: everything after the last event that it does. */
export function newerThan(lastSeq: number, held: readonly EventEnvelope[]): readonly EventEnvelope[] {
  const known = held.findLastIndex(({ seq }) => seq !== undefined && seq <= lastSeq);
  return held.slice(known + 1);
}
