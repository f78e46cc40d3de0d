import type { EventEnvelope } from '../../src/protocol/generated';
import { emptyTranscript, type Transcript } from './chatState';
import { foldEvents } from './fold';

/** A long session whose beginning is not here yet: it is folded anew when more of it comes. */
export interface Earlier {
  /** All that is known, as it came; deltas of the running turn too, because they are in no other event. */
  readonly events: readonly EventEnvelope[];
  readonly state: 'more' | 'loading' | 'failed';
}

/** Folds what the server gave for a session that was opened; its first event has a higher number where older ones are left out. */
export function foldOpened(sessionId: string | null, events: readonly EventEnvelope[], running: boolean): Transcript {
  const first = firstSeq(events);
  const folded = foldEvents({ ...emptyTranscript, sessionId, lastSeq: first - 1, running }, events);
  return { ...folded, running, earlier: first > 1 ? { events, state: 'more' } : null };
}

/** Takes in what happens from now on. */
export function foldNew(transcript: Transcript, events: readonly EventEnvelope[]): Transcript {
  const folded = foldEvents(transcript, events);
  return folded.earlier === null ? folded : { ...folded, earlier: keep(folded.earlier, folded, events) };
}

/** Takes in what lies before the oldest event that is known. */
export function foldEarlier(transcript: Transcript, page: readonly EventEnvelope[]): Transcript {
  const { earlier, sessionId, running, live } = transcript;
  if (earlier === null) {
    return transcript;
  }
  const before = upTo(page, firstSeq(earlier.events));
  const whole = foldOpened(sessionId, [...before, ...earlier.events], running);
  return {
    ...whole,
    live,
    // Their output is in no event that lasts.
    background: whole.background.map((task) => transcript.background.find(({ id }) => id === task.id) ?? task),
    // Where events are missing there is nothing more to be had.
    earlier: before.length === 0 ? null : whole.earlier,
  };
}

/** The number of the oldest event that is known. */
export function firstSeq(events: readonly EventEnvelope[]): number {
  return events.find(({ seq }) => seq !== undefined)?.seq ?? 1;
}

function keep(earlier: Earlier, { sessionId, running }: Transcript, events: readonly EventEnvelope[]): Earlier {
  const known = [...earlier.events, ...events.filter((envelope) => envelope.sessionId === sessionId)];
  return { ...earlier, events: running ? known : known.filter(({ seq }) => seq !== undefined) };
}

/** The end of a page that leads without a gap to an event. */
function upTo(page: readonly EventEnvelope[], seq: number): readonly EventEnvelope[] {
  const from = page.findLastIndex((envelope, index) => envelope.seq !== seq - (page.length - index));
  return page.slice(from + 1);
}
