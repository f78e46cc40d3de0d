import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sayToTurn, sendPrompt, stopTurn } from '../../../../sage-vscode/webview/state/commands';
import { createStore } from '../../../../sage-vscode/webview/state/store';
import { FakeBridge } from '../fakes/bridge';
import { fullSession, SessionScript } from '../fakes/events';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function start() {
  const bridge = new FakeBridge();
  return { bridge, store: createStore(bridge) };
}

describe('Messages', () => {
  test('of one frame change the state once, in their order', () => {
    const { bridge, store } = start();
    let changes = -1;
    store.state.subscribe(() => changes++);
    for (const event of fullSession().events) {
      bridge.tell({ type: 'events', events: [event] });
    }
    expect(changes).toBe(0);
    vi.advanceTimersByTime(20);
    expect(changes).toBe(1);
    expect(store.state.peek().transcript.running).toBe(false);
  });

  test('are taken in while the page is hidden and gets no frames', () => {
    vi.stubGlobal('requestAnimationFrame', () => 0);
    const { bridge, store } = start();
    bridge.tell({ type: 'events', events: fullSession().events });
    vi.advanceTimersByTime(100);
    expect(store.state.peek().transcript.items.length).toBeGreaterThan(0);
  });
});

describe('What is said while a prompt is on its way', () => {
  const said = (text: string) => [{ type: 'text', text }] as const;

  function typedAhead() {
    const { bridge, store } = start();
    bridge.tell({ type: 'serverState', state: { kind: 'running' } });
    vi.advanceTimersByTime(20);
    sendPrompt(store, said('Format it'));
    sayToTurn(store, 'steer', said('Use tabs'));
    sayToTurn(store, 'queue', said('Then test'));
    return { bridge, store };
  }

  test('is sent on in its order when the turn has begun', () => {
    const { bridge, store } = typedAhead();
    expect(bridge.sent).toMatchObject([{ type: 'send' }]);
    expect(store.state.peek().ahead).toHaveLength(2);
    bridge.tell({ type: 'sessionOpened', sessionId: 'session-1', events: [], running: true });
    vi.advanceTimersByTime(20);
    // The session that was made for the prompt is there, its turn is not.
    sayToTurn(store, 'queue', said('Then commit'));
    expect(bridge.sent).toHaveLength(1);
    bridge.tell({ type: 'events', events: new SessionScript().created().turn().events });
    vi.advanceTimersByTime(20);
    expect(bridge.sent.slice(1)).toMatchObject([
      { type: 'say', kind: 'steer', input: said('Use tabs') },
      { type: 'say', kind: 'queue', input: said('Then test') },
      { type: 'say', kind: 'queue', input: said('Then commit') },
    ]);
    expect(store.state.peek().ahead).toEqual([]);
  });

  test('stays with the prompt when that becomes no turn', () => {
    const { bridge, store } = typedAhead();
    bridge.tell({ type: 'turnRejected', sessionId: '', message: 'No model' });
    vi.advanceTimersByTime(20);
    expect(store.state.peek().rejected?.input).toEqual([
      ...said('Format it'),
      ...said('Use tabs'),
      ...said('Then test'),
    ]);
    expect(bridge.sent).toHaveLength(1);
  });

  test.each([
    ['a stop', () => new SessionScript().created().turn().events],
    [
      'a stop that was quicker than the page',
      () => new SessionScript().created().turn().end('turn-1', 'interrupted').events,
    ],
  ])('is not sent after %s, and not lost', (_, events) => {
    const { bridge, store } = typedAhead();
    stopTurn(store);
    bridge.tell({ type: 'events', events: events() });
    vi.advanceTimersByTime(20);
    expect(bridge.sent.map((message) => message.type)).toEqual(['send', 'stop']);
    expect(store.state.peek().rejected?.input).toEqual([...said('Use tabs'), ...said('Then test')]);
  });

  test('is not said in another session, and not lost', () => {
    const { bridge, store } = typedAhead();
    bridge.tell({ type: 'sessionOpened', sessionId: '', events: [], running: false });
    vi.advanceTimersByTime(20);
    expect(bridge.sent).toHaveLength(1);
    expect(store.state.peek().rejected?.input).toEqual([...said('Use tabs'), ...said('Then test')]);
  });
});

describe('A hole in the events', () => {
  const script = () => new SessionScript().created().turn().call('a').result('a').call('b');

  test('that stays makes the session be opened anew, once', () => {
    const { bridge } = start();
    bridge.tell({ type: 'events', events: script().events.filter((event) => event.seq !== 3) });
    vi.advanceTimersByTime(5_000);
    expect(bridge.sent).toEqual([{ type: 'openSession', sessionId: 'session-1' }]);
  });

  test('that is filled in time does not', () => {
    const { bridge, store } = start();
    const { events } = script();
    bridge.tell({ type: 'events', events: events.filter((event) => event.seq !== 3) });
    vi.advanceTimersByTime(500);
    bridge.tell({ type: 'events', events: events.filter((event) => event.seq === 3) });
    vi.advanceTimersByTime(5_000);
    expect(bridge.sent).toEqual([]);
    expect(store.state.peek().transcript.lastSeq).toBe(5);
  });
});

test.each([
  ['# Use tabs', ''],
  ['# Use tabs everywhere', '# Use tabs everywhere'],
])('What was to be remembered leaves the field when it is: %s', (draft, left) => {
  const { bridge, store } = start();
  store.setDraft(draft);
  bridge.tell({ type: 'remembered', text: 'Use tabs', place: 'AGENTS.md' });
  vi.advanceTimersByTime(20);
  expect(store.draft.peek()).toBe(left);
  expect(store.state.peek().told).toBe('Remembered in AGENTS.md: Use tabs');
});

test('The draft is remembered across a reload', () => {
  const { bridge, store } = start();
  store.setDraft('half a tho');
  store.setDraft('half a thought');
  vi.advanceTimersByTime(1_000);
  expect(bridge.state.draft).toBe('half a thought');
  expect(createStore(bridge).draft.peek()).toBe('half a thought');
});

test('A call that is to be revealed is handed to the view, in front of the history', () => {
  const { bridge, store } = start();
  bridge.tell({ type: 'showHistory' });
  bridge.tell({ type: 'reveal', callId: 'c1', turnId: 't1' });
  vi.advanceTimersByTime(20);
  expect(store.revealed.peek()).toMatchObject({ callId: 'c1', turnId: 't1' });
  expect(store.state.peek().history).toBeNull();
});
