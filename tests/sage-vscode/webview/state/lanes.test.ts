import { expect, test } from 'vitest';
import { initialState } from '../../../../sage-vscode/webview/state/chatState';
import { makeLanes } from '../../../../sage-vscode/webview/state/lanes';
import type { Action } from '../../../../sage-vscode/webview/state/reducer';
import { reduce } from '../../../../sage-vscode/webview/state/reducer';
import { SessionScript } from '../fakes/events';

function stateOf(script: SessionScript, ...more: Action[]) {
  const opened: Action = { type: 'sessionOpened', sessionId: script.sessionId, events: script.events, running: true };
  return [opened, ...more].reduce(reduce, initialState);
}

const lanesOf = (script: SessionScript, ...more: Action[]) => makeLanes()(stateOf(script, ...more)).map(({ id }) => id);

test('Calls of the turn that run at once have a lane each, in call order', () => {
  const script = new SessionScript().created().turn().call('a').call('b').call('c').result('b');
  expect(lanesOf(script)).toEqual(['a', 'c']);
});

test('One call needs no lane', () => {
  expect(lanesOf(new SessionScript().created().turn().call('a').call('b').result('a'))).toEqual([]);
});

test('A call that has ended leaves its lane before its result is told', () => {
  const script = new SessionScript().created().turn().call('a').call('b').call('c');
  const settled: Action = {
    type: 'events',
    events: [
      { sessionId: script.sessionId, event: { type: 'toolCallSettled', callId: 'c', status: 'ok', durationMs: 5 } },
    ],
  };
  expect(lanesOf(script, settled)).toEqual(['a', 'b']);
});

test('The list stays the same while the same calls run, so that nothing is drawn again', () => {
  const state = stateOf(new SessionScript().created().turn().call('a').call('b'));
  const pick = makeLanes();
  expect(pick({ ...state, focusRequest: null })).toBe(pick(state));
});
