import { describe, expect, test } from 'vitest';
import type { PermissionRequestParams } from '../../../../sage-vscode/src/protocol/generated';
import { type ChatState, initialState, isBusy } from '../../../../sage-vscode/webview/state/chatState';
import { type Action, reduce } from '../../../../sage-vscode/webview/state/reducer';
import { fullSession, SessionScript } from '../fakes/events';

const run = (...actions: Action[]): ChatState => actions.reduce(reduce, initialState);
const running: Action = { type: 'serverState', state: { kind: 'running' } };
const prompt: Action = { type: 'promptSent', input: [{ type: 'text', text: 'Do it' }] };
const open = (script: SessionScript, isRunning = false): Action => ({
  type: 'sessionOpened',
  sessionId: script.sessionId,
  events: script.events,
  running: isRunning,
});
const request = (callId: string, sessionId = 'session-1'): PermissionRequestParams => ({
  sessionId,
  callId,
  toolName: 'run_command',
  title: 'Run ls',
  input: { command: 'ls' },
  rule: 'run_command(ls)',
});

describe('Sessions', () => {
  test('Opening a session replaces the transcript with its replay', () => {
    const script = fullSession();
    const live = run(running, { type: 'events', events: script.events });
    const opened = run(running, open(new SessionScript('old').created().turn()), open(script));
    expect(opened.transcript).toEqual(live.transcript);
  });

  test('A session without an id is no session yet: the first turn brings it', () => {
    const state = run(
      running,
      { type: 'sessionOpened', sessionId: '', events: [], running: false },
      { type: 'events', events: new SessionScript('new').created().turn().events },
    );
    expect(state.transcript.sessionId).toBe('new');
    expect(state.transcript.items).toHaveLength(1);
  });

  test('A page of a long session starts where it starts', () => {
    const script = fullSession();
    const page = script.durable.slice(4);
    const state = run(running, { type: 'sessionOpened', sessionId: script.sessionId, events: page, running: false });
    expect(state.transcript.held).toEqual([]);
    expect(state.transcript.lastSeq).toBe(script.durable.length);
  });

  test('A prompt stays on its way while its session is made', () => {
    const state = run(running, prompt, { type: 'sessionOpened', sessionId: 'new', events: [], running: true });
    expect(state.outbox).not.toBeNull();
  });

  test('A new session drops a prompt that was on its way in the old one', () => {
    const state = run(running, prompt, { type: 'sessionOpened', sessionId: '', events: [], running: false });
    expect(isBusy(state)).toBe(false);
  });
});

describe('Turns', () => {
  test('A prompt is on its way until its turn begins', () => {
    const sent = run(running, prompt);
    expect(isBusy(sent)).toBe(true);
    const began = reduce(sent, { type: 'events', events: new SessionScript().created().turn().events });
    expect(began.outbox).toBeNull();
    expect(isBusy(began)).toBe(true);
  });

  test('A prompt that becomes no turn is given back with the reason', () => {
    const state = run(running, prompt, { type: 'turnRejected', sessionId: '', message: 'No model' });
    expect(isBusy(state)).toBe(false);
    expect(state.rejected).toEqual({ message: 'No model', input: [{ type: 'text', text: 'Do it' }], isUnseen: true });
  });

  test('A rejected prompt does not end the turn that runs', () => {
    const script = new SessionScript().created().turn();
    const state = run(running, open(script, true), { type: 'turnRejected', sessionId: 'session-1', message: 'Busy' });
    expect(state.transcript.running).toBe(true);
  });

  test('An open turn that cannot go on is not running', () => {
    const script = new SessionScript().created().turn();
    const state = run(running, open(script, false), { type: 'turnRejected', sessionId: 'session-1', message: 'No' });
    expect(isBusy(state)).toBe(false);
    expect(state.rejected?.message).toBe('No');
  });

  test('A session made for a prompt that was rejected is not running', () => {
    const state = run(
      running,
      prompt,
      { type: 'sessionOpened', sessionId: 'new', events: [], running: true },
      { type: 'turnRejected', sessionId: 'new', message: 'No model' },
    );
    expect(isBusy(state)).toBe(false);
  });

  test('Stopping is shown at once and over with the turn', () => {
    const script = new SessionScript().created().turn();
    const stopping = run(running, open(script, true), { type: 'stopRequested' });
    expect(stopping.stopping).toBe(true);
    script.end('turn-1', 'interrupted');
    expect(reduce(stopping, { type: 'events', events: script.events }).stopping).toBe(false);
  });

  test.each(['stopped', 'starting'] as const)('A server that is %s runs no turn and waits for no answer', (kind) => {
    const server = kind === 'stopped' ? ({ kind, message: 'Gone', canRestart: true } as const) : ({ kind } as const);
    const state = run(
      running,
      open(new SessionScript().created().turn(), true),
      { type: 'permissionRequested', request: request('a') },
      { type: 'serverState', state: server },
    );
    expect(isBusy(state)).toBe(false);
    expect(state.permissions).toEqual([]);
    expect(state.server.kind).toBe(kind);
  });
});

describe('Requests', () => {
  test('A request is open until it is answered, closed, or its call has ended', () => {
    const asked = run(
      running,
      open(new SessionScript().created().turn().call('a').call('b').call('c'), true),
      ...['a', 'b', 'c'].map((id): Action => ({ type: 'permissionRequested', request: request(id) })),
    );
    expect(asked.permissions.map((one) => one.callId)).toEqual(['a', 'b', 'c']);
    const answered = reduce(asked, { type: 'permissionAnswered', callId: 'a' });
    const closed = reduce(answered, { type: 'permissionClosed', callId: 'b' });
    expect(closed.permissions.map((one) => one.callId)).toEqual(['c']);
    const script = new SessionScript().created().turn().call('a').call('b').call('c').result('c');
    expect(reduce(closed, { type: 'events', events: script.events }).permissions).toEqual([]);
  });

  test('A request that is repeated is asked once', () => {
    const again: Action = { type: 'permissionRequested', request: request('a') };
    expect(run(running, again, again).permissions).toHaveLength(1);
  });

  test('Requests of another session go when a session is opened', () => {
    const state = run(
      running,
      { type: 'permissionRequested', request: request('a', 'other') },
      { type: 'questionAsked', request: { sessionId: 'other', callId: 'q', questions: [] } },
      open(new SessionScript()),
    );
    expect(state.permissions).toEqual([]);
    expect(state.questions).toEqual([]);
  });

  test('A question is open until it is answered or closed', () => {
    const ask = (callId: string): Action => ({
      type: 'questionAsked',
      request: { sessionId: 's', callId, questions: [] },
    });
    const state = run(
      ask('a'),
      ask('b'),
      { type: 'questionAnswered', callId: 'a' },
      { type: 'questionClosed', callId: 'b' },
    );
    expect(state.questions).toEqual([]);
  });
});

describe('The rest of the panel', () => {
  test('What the host says is kept', () => {
    const models = { models: [], selected: 'demo/rules' };
    const state = run(
      { type: 'initialized', mode: 'plan', workspaceName: 'atlas', sessionId: null, show: null },
      { type: 'models', models },
      { type: 'editorContext', context: { path: 'a.ts' } },
    );
    expect(state).toMatchObject({ initialized: true, mode: 'plan', workspaceName: 'atlas', models });
    expect(state.editorContext).toEqual({ path: 'a.ts' });
  });

  test('What is attached twice is attached once, and can be removed', () => {
    const attach: Action = { type: 'attach', part: { type: 'file', path: 'a.ts' } };
    const state = run(attach, attach, { type: 'partAttached', part: { type: 'file', path: 'b.ts' } });
    expect(state.attachments).toHaveLength(2);
    const [first] = state.attachments;
    if (first !== undefined) {
      expect(reduce(state, { type: 'partRemoved', part: first }).attachments).toEqual([{ type: 'file', path: 'b.ts' }]);
    }
  });

  test('Choices are shown before the host confirms them', () => {
    const state = run(
      { type: 'models', models: { models: [], selected: 'a' } },
      { type: 'modelChosen', id: 'b' },
      { type: 'modeChosen', mode: 'full' },
      { type: 'showHistory' },
    );
    expect(state.models?.selected).toBe('b');
    expect(state.mode).toBe('full');
    expect(state.history).not.toBeNull();
    expect(reduce(state, { type: 'focusComposer' }).history).toBeNull();
  });

  test('A history that the user has opened stays open, whatever is late', () => {
    const state = run(
      running,
      { type: 'showHistory' },
      { type: 'initialized', mode: 'ask', workspaceName: null, sessionId: 's', show: 'composer' },
      open(fullSession()),
      { type: 'sessionOpened', sessionId: '', events: [], running: false },
    );
    expect(state.history).not.toBeNull();
  });
});
