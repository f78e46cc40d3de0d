import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromWebview, toWebview } from '../../../../sage-vscode/src/protocol/bridgeShapes';
import { messageGate } from '../../../../sage-vscode/src/protocol/messageGate';
import { fits } from '../../../../sage-vscode/src/protocol/shapes';
import { extensionRoot } from '../sourceFiles';

const bridge = readFileSync(path.join(extensionRoot, 'src', 'protocol', 'bridge.ts'), 'utf8');

/** The messages that a union of bridge.ts names. */
function declared(union: string): readonly string[] {
  const from = bridge.slice(bridge.indexOf(`export type ${union} =`));
  const body = from.slice(0, from.indexOf('\n\n'));
  return [...body.matchAll(/readonly type: '(\w+)'/g)].map(([, type]) => type ?? '').sort();
}

test('every message has a shape, in both directions', () => {
  expect(Object.keys(fromWebview).sort()).toEqual(declared('FromWebview'));
  expect(Object.keys(toWebview).sort()).toEqual(declared('ToWebview'));
});

describe('What a page says', () => {
  const input = [{ type: 'text', text: 'hi' }];
  test.each([
    { type: 'ready' },
    { type: 'send', input, mode: 'ask' },
    { type: 'send', input: [{ type: 'selection', path: 'a', startLine: 1, endLine: 2, text: 'x' }], mode: 'full' },
    { type: 'answerPermission', callId: 'c', answer: { decision: 'allow', scope: 'once', input: { command: 'ls' } } },
    { type: 'answerQuestion', callId: 'c', answers: null },
    {
      type: 'answerPlan',
      callId: 'c',
      answer: { decision: 'accept', mode: 'ask', comments: [{ line: 1, quote: 'a', text: 'b' }] },
    },
    { type: 'openFile', path: 'a.ts' },
    { type: 'answerOffer', kind: 'permissions.allow', hash: 'h', answer: 'never' },
    { type: 'review', action: 'keep' },
  ])('is let through when it fits: %j', (message) => {
    expect(fits(fromWebview, message)).toBe(true);
  });

  test.each([
    null,
    'ready',
    [],
    [{ type: 'ready' }],
    {},
    { type: 'toString' },
    { type: '__proto__' },
    { type: 'constructor' },
    { type: 7 },
    { type: 'send', input, mode: 'root' },
    { type: 'send', input, mode: 'toString' },
    { type: 'send', input: 'hi', mode: 'ask' },
    { type: 'send', input: [{ type: 'text' }], mode: 'ask' },
    { type: 'send', input: [{ type: 'command', text: 'x' }], mode: 'ask' },
    { type: 'send', mode: 'ask' },
    { type: 'review', action: 'constructor' },
    { type: 'openFile', path: { toString: 'a' } },
    { type: 'openFile', path: 'a', line: -1 },
    { type: 'openFile', path: 'a', line: 1.5 },
    { type: 'openLink', url: ['https://a'] },
    { type: 'answerPermission', callId: 'c', answer: { decision: 'yes' } },
    { type: 'answerPlan', callId: 'c', answer: { decision: 'allow' } },
    { type: 'answerPlan', callId: 'c', answer: { decision: 'revise', comments: ['b'] } },
    { type: 'answerPermission', callId: 'c', answer: { decision: 'allow', scope: 'forever' } },
    { type: 'answerPermission', callId: 'c', answer: null },
    { type: 'restore', turnId: 't', overwrite: 'yes' },
    Object.create({ type: 'restartServer' }),
  ])('is dropped when it does not fit: %j', (message) => {
    expect(fits(fromWebview, message)).toBe(false);
  });
});

describe('What the host says', () => {
  test.each([
    { type: 'serverState', state: { kind: 'stopped', message: 'Gone.', canRestart: true } },
    { type: 'events', events: [{ sessionId: 's', seq: 1, event: { type: 'aNewKind', more: 1 } }] },
    { type: 'safety', trusted: false, offers: [] },
    { type: 'editorContext', context: null },
    { type: 'history', id: 1, page: { sessions: [], hasMore: false } },
  ])('is let through when it fits: %j', (message) => {
    expect(fits(toWebview, message)).toBe(true);
  });

  test.each([
    { type: 'serverState', state: { kind: 'owned' } },
    { type: 'events', events: [{ sessionId: 's', event: null }] },
    { type: 'events', events: {} },
    { type: 'safety', trusted: 'yes', offers: [] },
    { type: 'safety', trusted: true, offers: [{ kind: 'k', place: 'p', hash: 'h', lines: [1] }] },
    { type: 'permissionRequested', request: { callId: 'c' } },
    { type: 'attach', part: { type: 'image', data: 1 } },
  ])('is dropped when it does not fit: %j', (message) => {
    expect(fits(toWebview, message)).toBe(false);
  });
});

test('what is dropped is said once for each kind, without what it holds', () => {
  const said: string[] = [];
  const gate = messageGate(fromWebview, (sentence) => said.push(sentence));
  expect(gate({ type: 'stop' })).toEqual({ type: 'stop' });
  for (const value of [
    { type: 'evil secret' },
    { type: 'evil again' },
    { type: 'copy', text: 7 },
    { type: 'copy' },
    1,
    null,
  ]) {
    expect(gate(value)).toBeNull();
  }
  expect(said).toEqual([
    'A message of the chat was dropped: its type is not known.',
    'A message of the chat was dropped: copy has another shape.',
    'A message of the chat was dropped: it has no type.',
  ]);
});
