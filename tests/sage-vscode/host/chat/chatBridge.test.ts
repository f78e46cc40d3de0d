import { expect, test } from 'vitest';
import type { FromWebview } from '../../../../sage-vscode/src/protocol/bridge';
import type { PermissionRequestParams } from '../../../../sage-vscode/src/protocol/generated';
import { chat, event } from './chatParts';

const permission = (sessionId: string, callId = 'c1'): PermissionRequestParams => ({
  sessionId,
  callId,
  toolName: 'run_command',
  title: 'Run npm test',
  input: {},
  rule: 'run_command(npm test)',
});

const never = new AbortController().signal;

test('a webview that says it is ready is told everything it needs to draw itself', async () => {
  const { bridge, posted, types } = chat();
  await bridge.receive({ type: 'ready' });
  expect(types()).toEqual(['serverState', 'initialized', 'editorContext', 'sessionOpened', 'models']);
  expect(posted[1]).toEqual({ type: 'initialized', mode: 'ask', workspaceName: 'demo', sessionId: 's1', show: null });
});

test('nothing is posted to a webview that does not listen yet', () => {
  const { sessions, posted, nextFrame } = chat();
  sessions.events.emit(event('s1', 1));
  nextFrame();
  expect(posted).toEqual([]);
});

test('events of one frame travel together and in order', async () => {
  const { sessions, posted, nextFrame, ready } = chat();
  await ready();
  const events = Array.from({ length: 1000 }, (_, index) => event('s1', index + 1));
  for (const one of events) {
    sessions.events.emit(one);
  }
  expect(posted).toEqual([]);
  nextFrame();
  expect(posted).toEqual([{ type: 'events', events }]);
});

test('a background command that is kept ends, and runs in a terminal from then on', async () => {
  const { bridge, calls, ready } = chat();
  await ready();
  await bridge.receive({ type: 'keepBackground', taskId: 'b1' });
  const command = { shell: '/bin/sh', command: 'npm run dev', folder: '/work' };
  expect(calls).toEqual([
    ['keepBackground', 'b1'],
    ['runInTerminal', command],
  ]);
});

test('what happens after events is told after them', async () => {
  const { sessions, types, ready } = chat();
  await ready();
  sessions.events.emit(event('s1', 1));
  sessions.rejected.emit({ sessionId: 's1', message: 'No model.' });
  expect(types()).toEqual(['events', 'turnRejected']);
});

test('events that wait when another session is opened are dropped with the old transcript', async () => {
  const { sessions, types, nextFrame, ready } = chat();
  await ready();
  sessions.events.emit(event('s1', 1));
  sessions.opened.emit({ sessionId: 's2', events: [], running: false });
  nextFrame();
  expect(types()).toEqual(['sessionOpened']);
});

test('a permission request reaches the panel, and its answer the server', async () => {
  const { bridge, requests, posted, ready } = chat();
  await ready();
  const answer = requests.askPermission(permission('s1'), never);
  expect(posted).toEqual([{ type: 'permissionRequested', request: permission('s1') }]);
  await bridge.receive({ type: 'answerPermission', callId: 'c1', answer: { decision: 'allow', scope: 'session' } });
  expect(await answer).toEqual({ decision: 'allow', scope: 'session' });
  expect(posted.at(-1)).toEqual({ type: 'permissionClosed', callId: 'c1' });
});

test('a reloaded webview is asked again what is still open', async () => {
  const { bridge, requests, posted, types, ready } = chat();
  await ready();
  void requests.askPermission(permission('s1'), never);
  void requests.askQuestion({ sessionId: 's1', callId: 'c2', questions: [] }, never);
  bridge.attachWebview((message) => void posted.push(message));
  posted.length = 0;
  await bridge.receive({ type: 'ready' });
  expect(types().slice(3, 6)).toEqual(['sessionOpened', 'permissionRequested', 'questionAsked']);
});

test('requests of another session wait until it is opened', async () => {
  const { sessions, requests, types, ready } = chat();
  await ready();
  void requests.askPermission(permission('s2'), never);
  expect(types()).toEqual([]);
  sessions.opened.emit({ sessionId: 's2', events: [], running: true });
  expect(types()).toEqual(['sessionOpened', 'permissionRequested']);
});

test('a request that the server takes back is closed in the panel', async () => {
  const { requests, posted, ready } = chat();
  await ready();
  const cancel = new AbortController();
  const answer = requests.askPermission(permission('s1'), cancel.signal);
  cancel.abort();
  await expect(answer).rejects.toThrow('cancelled');
  expect(posted.at(-1)).toEqual({ type: 'permissionClosed', callId: 'c1' });
  expect(requests.all).toEqual([]);
});

test('a dismissed question is answered as dismissed', async () => {
  const { bridge, requests } = chat();
  const answer = requests.askQuestion({ sessionId: 's1', callId: 'q', questions: [] }, never);
  await bridge.receive({ type: 'answerQuestion', callId: 'q', answers: null });
  expect(await answer).toEqual({ answers: [], dismissed: true });
});

test('a plan reaches the panel, again when that is reloaded, and its answer the server', async () => {
  const { bridge, requests, posted, types, ready } = chat();
  await ready();
  const request = { sessionId: 's1', callId: 'p', plan: '1. Look' };
  const answer = requests.reviewPlan(request, never);
  expect(posted).toEqual([{ type: 'planAsked', request }]);
  bridge.attachWebview((message) => void posted.push(message));
  posted.length = 0;
  await bridge.receive({ type: 'ready' });
  expect(types().slice(3, 5)).toEqual(['sessionOpened', 'planAsked']);
  await bridge.receive({ type: 'answerPlan', callId: 'p', answer: { decision: 'reject', reason: 'No' } });
  expect(await answer).toEqual({ decision: 'reject', reason: 'No' });
  expect(posted.at(-1)).toEqual({ type: 'planClosed', callId: 'p' });
});

test('the mode in which a plan is accepted is remembered', async () => {
  const { bridge, sessions, posted, ready } = chat();
  await ready();
  await bridge.receive({ type: 'setMode', mode: 'plan' });
  sessions.events.emit({
    sessionId: 's1',
    seq: 1,
    event: { type: 'planAnswered', callId: 'p', decision: 'accept', mode: 'autoEdit' },
  });
  posted.length = 0;
  await bridge.receive({ type: 'ready' });
  expect(posted.find(({ type }) => type === 'initialized')).toMatchObject({ mode: 'autoEdit' });
});

test('when the server dies, what it asked is closed', async () => {
  const { requests, types, ready } = chat();
  await ready();
  void requests.askPermission(permission('s1'), never);
  requests.clear();
  expect(types()).toEqual(['permissionRequested', 'permissionClosed']);
});

test('a prompt is sent in the mode it was written in, which is remembered', async () => {
  const { bridge, calls } = chat();
  const input = [{ type: 'text', text: 'hi' }] as const;
  await bridge.receive({ type: 'send', input, mode: 'plan' });
  await bridge.ask(input);
  expect(calls).toEqual([
    ['send', input, 'plan'],
    ['send', input, 'plan'],
  ]);
});

test('what is attached before the panel was ever open is there when it opens', async () => {
  const { bridge, posted, types } = chat();
  bridge.attach({ type: 'file', path: 'a.ts' });
  await bridge.receive({ type: 'ready' });
  expect(posted[1]).toMatchObject({ type: 'initialized', show: 'composer' });
  expect(types()[3]).toBe('attach');
});

test('what was last asked for before the page could listen is told with the first word, once', async () => {
  const { bridge, posted, types } = chat();
  bridge.focusComposer();
  bridge.showHistory();
  await bridge.receive({ type: 'ready' });
  expect(posted[1]).toMatchObject({ type: 'initialized', show: 'history' });
  expect(types()).not.toContain('focusComposer');
  posted.length = 0;
  await bridge.receive({ type: 'ready' });
  expect(posted[1]).toMatchObject({ type: 'initialized', show: null });
});

test('an idle server is about to start, as far as the panel is concerned', async () => {
  const { server, posted, ready } = chat();
  await ready();
  server.state = { kind: 'idle' };
  server.stateChanged.emit(server.state);
  expect(posted).toEqual([{ type: 'serverState', state: { kind: 'starting' } }]);
});

test('a server that is down is not told twice, and the models are listed when it is back', async () => {
  const { bridge, server, models, calls, types, ready } = chat();
  server.state = { kind: 'stopped', message: 'It is missing.', canRestart: true };
  const { refresh } = models;
  models.refresh = async () => {
    throw new Error('It is missing.');
  };
  await ready();
  expect(calls).toEqual([]);
  models.refresh = refresh;
  server.state = { kind: 'running' };
  server.stateChanged.emit(server.state);
  await bridge.receive({ type: 'setMode', mode: 'ask' });
  expect(types()).toEqual(['serverState', 'models']);
});

test('a part that fails is told to the user, and the bridge goes on', async () => {
  const { bridge, sessions, calls } = chat();
  sessions.open = async () => {
    throw new Error('The disk is full.');
  };
  await bridge.receive({ type: 'openSession', sessionId: 's9' });
  expect(calls).toEqual([['showProblem', 'The disk is full.']]);
});

const routes: [FromWebview, unknown[]][] = [
  [{ type: 'stop' }, ['stop']],
  [{ type: 'openSession', sessionId: 's2' }, ['open', 's2']],
  [{ type: 'selectModel', id: 'a/b' }, ['select', 'a/b']],
  [{ type: 'connectModel' }, ['connect']],
  [{ type: 'setApiKey', provider: 'openai' }, ['askForKey', 'openai']],
  [{ type: 'openFile', path: 'a.ts', line: 3 }, ['openFile', 'a.ts', 3]],
  [{ type: 'openFolder' }, ['openFolder']],
  [{ type: 'openLink', url: 'https://x' }, ['openLink', 'https://x']],
  [{ type: 'copy', text: 't' }, ['copy', 't']],
  [{ type: 'insertAtCursor', text: 't' }, ['insertAtCursor', 't']],
  [{ type: 'pasteInTerminal', text: 'ls' }, ['pasteInTerminal', 'ls']],
  [{ type: 'restartServer' }, ['restart']],
  [{ type: 'showLog' }, ['showLog']],
];

test.each(routes)('%o goes where it belongs', async (message, call) => {
  const { bridge, calls } = chat();
  await bridge.receive(message);
  expect(calls).toEqual([call]);
});

test('what is to be reviewed follows the session it belongs to, and comes again when it has changed', async () => {
  const { review, sessions, posted, types, ready } = chat();
  await ready();
  const files = [{ path: 'a.ts', kind: 'modified', added: 1, removed: 0, hunks: [] }] as const;
  review.pending.files = files;
  review.pending.changed.emit(files);
  expect(posted).toEqual([{ type: 'pendingFiles', sessionId: 's1', files }]);
  sessions.opened.emit({ sessionId: 's1', events: [], running: false });
  expect(types().slice(-2)).toEqual(['sessionOpened', 'pendingFiles']);
});

test('the panel keeps, undoes, opens, restores and redoes', async () => {
  const { bridge, calls, posted, ready } = chat();
  await ready();
  await bridge.receive({ type: 'review', action: 'keep', path: 'a.ts' });
  await bridge.receive({ type: 'review', action: 'undo' });
  await bridge.receive({ type: 'review', action: 'open' });
  await bridge.receive({ type: 'review', action: 'commit' });
  await bridge.receive({ type: 'openSince', turnId: 't1' });
  await bridge.receive({ type: 'previewRestore', turnId: 't1' });
  await bridge.receive({ type: 'restore', turnId: 't1', overwrite: true });
  await bridge.receive({ type: 'redo', restoreId: 'u1' });
  expect(calls).toEqual([
    ['keep', 'a.ts'],
    ['undo', undefined],
    ['open', undefined],
    ['commit', undefined],
    ['openSince', 't1'],
    ['preview', 't1'],
    ['restore', 't1', true],
    ['redo', 'u1'],
  ]);
  const files = [{ path: 'a.ts', kind: 'deleted', hunks: [] }];
  expect(posted).toEqual([{ type: 'restorePreview', turnId: 't1', files }]);
});

test('a preview that fails is told to the user, and the dialog that waits for it', async () => {
  const { bridge, review, calls, posted, ready } = chat();
  await ready();
  review.preview = () => Promise.reject(new Error('There is no such turn.'));
  await bridge.receive({ type: 'previewRestore', turnId: 't9' });
  expect(posted).toEqual([{ type: 'restorePreview', turnId: 't9', files: null }]);
  expect(calls).toEqual([['showProblem', 'There is no such turn.']]);
});

test('a call that is to be shown before there is a panel is shown when there is one', async () => {
  const { bridge, posted, types } = chat();
  bridge.reveal('c1', 't1');
  expect(posted).toEqual([]);
  await bridge.receive({ type: 'ready' });
  expect(types().at(-1)).toBe('reveal');
});

const resend = {
  type: 'resend',
  sessionId: 's1',
  turnId: 't1',
  atSeq: 5,
  input: [{ type: 'text', text: 'Otherwise' }],
  mode: 'plan',
} as const;

test('an edited prompt restores files where they are known, forks, and runs in the fork', async () => {
  const { bridge, posted, calls, ready } = chat();
  await ready();
  await bridge.receive({ ...resend, files: 'overwrite' });
  expect(calls).toEqual([
    ['restore', 't1', true],
    ['fork', 's1', 5],
    ['send', resend.input, 'plan'],
  ]);
  expect(posted).toEqual([{ type: 'resent', done: true }]);
});

test('an edited prompt that cannot be forked is not sent, and the composer keeps it', async () => {
  const { bridge, sessions, posted, calls, ready } = chat();
  await ready();
  sessions.fork = async () => {
    throw new Error('The disk is full.');
  };
  await bridge.receive({ ...resend, files: 'keep' });
  expect(calls).toEqual([['showProblem', 'The disk is full.']]);
  expect(posted).toEqual([{ type: 'resent', done: false }]);
});

test('older events come when they are asked for, and the page is told when there are none to be had', async () => {
  const { bridge, sessions, posted, ready } = chat();
  await ready();
  await bridge.receive({ type: 'pageSession', sessionId: 's1', beforeSeq: 9 });
  sessions.page = async () => {
    throw new Error('Gone.');
  };
  await bridge.receive({ type: 'pageSession', sessionId: 's1', beforeSeq: 8 });
  expect(posted).toEqual([
    { type: 'earlierEvents', sessionId: 's1', beforeSeq: 9, events: [event('s1', 8)] },
    { type: 'earlierEvents', sessionId: 's1', beforeSeq: 8, events: null },
  ]);
});

test('a line is remembered where the user says, and not at all when they say nothing', async () => {
  const { bridge, posted, calls, ready } = chat();
  await ready();
  await bridge.receive({ type: 'remember', text: 'Use tabs' });
  await bridge.receive({ type: 'remember', text: 'nowhere' });
  expect(calls).toEqual([
    ['remember', 'Use tabs'],
    ['remember', 'nowhere'],
  ]);
  expect(posted).toEqual([{ type: 'remembered', text: 'Use tabs', place: 'AGENTS.md' }]);
});

test('servers that fail are told to the panel, and so is that none does any more', async () => {
  const { bridge, mcp, posted, calls, ready } = chat();
  await ready();
  const servers = [{ name: 'git', reason: 'exit code 3' }];
  mcp.failed = servers;
  mcp.changed.emit();
  mcp.failed = [];
  mcp.changed.emit();
  expect(posted).toEqual([
    { type: 'mcpFailed', servers },
    { type: 'mcpFailed', servers: [] },
  ]);
  await bridge.receive({ type: 'showMcp' });
  expect(calls).toEqual([['showMcp']]);
});

test('What the user wants to see is asked of the server, and a checkpoint that they choose is previewed', async () => {
  const { bridge, posted, calls, ready } = chat();
  await ready();
  await bridge.receive({ type: 'show', what: 'doctor' });
  expect(posted.at(-1)).toEqual({ type: 'overview', overview: { kind: 'doctor', doctor: { findings: [] } } });
  await bridge.receive({ type: 'show', what: 'skills' });
  expect(calls.at(-1)).toEqual(['showSkills']);
  await bridge.receive({ type: 'show', what: 'checkpoints' });
  expect(posted.slice(-2)).toEqual([
    { type: 'restoreChosen', turnId: 't1', prompt: 'Hello' },
    { type: 'restorePreview', turnId: 't1', files: [{ path: 'a.ts', kind: 'deleted', hunks: [] }] },
  ]);
});
