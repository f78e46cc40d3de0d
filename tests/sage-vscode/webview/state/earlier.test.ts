import { describe, expect, test } from 'vitest';
import type { EventEnvelope } from '../../../../sage-vscode/src/protocol/generated';
import { initialState, type Transcript } from '../../../../sage-vscode/webview/state/chatState';
import { firstSeq, foldEarlier, foldNew, foldOpened } from '../../../../sage-vscode/webview/state/earlier';
import { reduce } from '../../../../sage-vscode/webview/state/reducer';
import { makeRowBuilder } from '../../../../sage-vscode/webview/state/rows';
import { fullSession, SessionScript } from '../fakes/events';

/** A few turns with calls, steers, restores, a background task, and one that runs. */
function longSession(): readonly EventEnvelope[] {
  const script = fullSession();
  script.add({ type: 'sessionTitled', title: 'Long' });
  for (const turn of ['2', '3']) {
    script.turn(`turn-${turn}`, `Prompt ${turn}`).call(`x${turn}`, 'edit_file', {}, `r${turn}`).result(`x${turn}`);
    script.add({ type: 'usage', replyId: `r${turn}`, usage: { inputTokens: 5, outputTokens: 1, cost: 0.5 } });
    script.reply(`q${turn}`, `Answer ${turn}`, false).end(`turn-${turn}`);
    script.add({ type: 'filesRestored', restoreId: `back-${turn}`, kind: 'restored', files: [], turnId: 'turn-1' });
  }
  script.add({ type: 'backgroundStarted', taskId: 'b', callId: 'x3', title: 'npm run dev' });
  script.stream({ type: 'backgroundOutput', taskId: 'b', offset: 0, text: 'ready' });
  script.turn('turn-4', 'Prompt 4').call('live', 'run_command', {}, 'r4');
  script.stream({ type: 'toolOutput', callId: 'live', offset: 0, text: 'line' });
  script.deltas('r5', 'Half a').add({ type: 'notice', text: 'A word between' });
  return script.events;
}

const durable = (events: readonly EventEnvelope[]) => events.filter(({ seq }) => seq !== undefined);
const seqOf = ({ seq = 0 }: EventEnvelope) => seq;
const page = (events: readonly EventEnvelope[], before: number, size: number) =>
  durable(events)
    .filter((envelope) => seqOf(envelope) < before)
    .slice(-size);
const rowsOf = (transcript: Transcript) => makeRowBuilder()(transcript.items);

describe('A session that comes from its end, page by page', () => {
  const events = longSession();
  const count = durable(events).length;
  const whole = foldOpened('session-1', events, true);

  test('looks the same as one that came whole, wherever it is cut', () => {
    // Whoever opens a session gets what is in flight: what was cut off is older.
    for (let cut = 2; cut < count; cut++) {
      for (const size of [1, 3, 7]) {
        const at = events.findIndex(({ seq }) => seq === cut);
        let transcript = foldOpened('session-1', events.slice(at, at + 1), true);
        transcript = foldNew(transcript, events.slice(at + 1));
        while (transcript.earlier !== null) {
          transcript = foldEarlier(transcript, page(events, firstSeq(transcript.earlier.events), size));
        }
        expect(rowsOf(transcript)).toEqual(rowsOf(whole));
        // The output of a command is only streamed: what came before the page was opened is gone.
        expect({ ...transcript, live: null, background: null }).toEqual({ ...whole, live: null, background: null });
      }
    }
  });

  test('keeps what is in flight', () => {
    const at = events.findIndex(({ event }) => event.type === 'turnStarted' && event.turnId === 'turn-4');
    let transcript = foldNew(foldOpened('session-1', events.slice(at, at + 1), true), events.slice(at + 1));
    transcript = foldEarlier(transcript, page(events, firstSeq(transcript.earlier?.events ?? []), count));
    expect(transcript).toMatchObject({ live: whole.live, running: true, earlier: null });
  });

  test('lets go of what was streamed when the turn has ended', () => {
    const script = new SessionScript().created().turn().reply('r', 'Many words here').end();
    const [, started, ...rest] = script.events;
    const transcript = foldNew(foldOpened('session-1', started ? [started] : [], true), rest);
    expect(transcript.earlier?.events.map(({ event }) => event.type)).toEqual([
      'turnStarted',
      'replyEnded',
      'turnEnded',
    ]);
  });

  test('ends where events are missing, instead of waiting for them', () => {
    const cut = count - 4;
    const opened = foldOpened('session-1', durable(events).slice(cut - 1), true);
    const holed = page(events, cut, 6).filter(({ seq }) => seq !== cut - 3);
    const more = foldEarlier(opened, holed);
    expect(firstSeq(more.earlier?.events ?? [])).toBe(cut - 2);
    expect(more.held).toEqual([]);
    expect(foldEarlier(more, page(events, cut - 3, 6)).earlier).toBeNull();
  });
});

describe('Answers', () => {
  const events = longSession();
  const opened = durable(events).slice(-10);
  const first = firstSeq(opened);
  const state = reduce(initialState, { type: 'sessionOpened', sessionId: 'session-1', events: opened, running: true });
  const answer = (sessionId: string, beforeSeq: number, found: readonly EventEnvelope[] | null) =>
    reduce(state, { type: 'earlierEvents', sessionId, beforeSeq, events: found });

  test('that nobody waits for any more change nothing', () => {
    expect(answer('another', first, page(events, first, 5))).toBe(state);
    expect(answer('session-1', first + 1, page(events, first, 5))).toBe(state);
  });

  test('that are none can be asked for again', () => {
    expect(reduce(state, { type: 'earlierAsked' }).transcript.earlier?.state).toBe('loading');
    expect(answer('session-1', first, null).transcript.earlier?.state).toBe('failed');
    expect(answer('session-1', first, page(events, first, 5)).transcript.earlier?.state).toBe('more');
  });
});
