import { expect, test } from 'vitest';
import { describeFailure } from '../../../../sage-vscode/src/features/testFailures/describeFailure';
import { endOfTurn } from '../../../../sage-vscode/src/features/testFailures/turnWatch';
import { Signal } from '../../../../sage-vscode/src/infrastructure/signal';
import type { EventEnvelope } from '../../../../sage-vscode/src/protocol/generated';

test('a failure is told with what was expected and where it was', () => {
  const failure = {
    names: ['cart', 'adds prices'],
    message: 'not equal\n',
    expected: '3',
    actual: '4',
    at: 'src/cart.test.ts:7',
    stack: ['total (src/cart.ts:2)'],
  };
  expect(describeFailure(failure)).toBe(
    'Test: cart > adds prices\nFailed at: src/cart.test.ts:7\nMessage:\nnot equal\nExpected:\n3\nActual:\n4\nStack:\ntotal (src/cart.ts:2)',
  );
});

test('what the runner has not said is left out', () => {
  expect(describeFailure({ names: ['a'] })).toBe('Test: a');
  expect(describeFailure({ names: ['a'], message: 'boom' })).toBe('Test: a\nMessage:\nboom');
});

const event = (sessionId: string, content: object) => ({ sessionId, event: content }) as unknown as EventEnvelope;

test('the end of the turn with these words is waited for, whatever else runs', async () => {
  const events = new Signal<EventEnvelope>();
  const ended = endOfTurn(events, 'Fix it');
  events.emit(event('s', { type: 'turnStarted', turnId: '1', prompt: 'Something else' }));
  events.emit(event('s', { type: 'turnEnded', turnId: '1', outcome: 'completed' }));
  events.emit(event('s', { type: 'turnStarted', turnId: '2', prompt: 'Fix it' }));
  events.emit(event('other', { type: 'turnEnded', turnId: '2', outcome: 'completed' }));
  events.emit(event('s', { type: 'turnEnded', turnId: '2', outcome: 'interrupted' }));
  expect(await ended).toBe('interrupted');
});
