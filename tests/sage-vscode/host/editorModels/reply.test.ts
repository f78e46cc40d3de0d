import { expect, test } from 'vitest';
import {
  failureOf,
  pieceText,
  type ReplyPiece,
  relayReply,
} from '../../../../sage-vscode/src/features/editorModels/reply';
import { settle } from '../fakes/fakeServer';
import { classes, DataPart, TextPart, ToolCallPart } from './fakeClasses';

async function* streamOf(...parts: readonly unknown[]) {
  yield* parts;
}

const never = new AbortController().signal;

test('the reply of an editor model is handed on in order, and what the server does not know is left out', async () => {
  const sent: ReplyPiece[] = [];
  const stream = streamOf(
    new TextPart('Let me'),
    new TextPart(''),
    new DataPart(new Uint8Array(), 'application/x-thinking'),
    { value: 'of another kind' },
    new ToolCallPart('c1', 'look', { at: 1 }),
  );
  await relayReply(stream, classes, never, async (piece) => void sent.push(piece));
  expect(sent).toEqual([{ text: 'Let me' }, { toolCall: { callId: 'c1', name: 'look', input: { at: 1 } } }]);
  expect(sent.map(pieceText).join('')).toBe('Let melook {"at":1}');
});

test('a piece of an editor model waits until the server has taken the one before', async () => {
  const sent: ReplyPiece[] = [];
  const taken: (() => void)[] = [];
  const relayed = relayReply(streamOf(new TextPart('a'), new TextPart('b')), classes, never, (piece) => {
    sent.push(piece);
    return new Promise<void>((resolve) => taken.push(resolve));
  });
  await settle();
  expect(sent).toEqual([{ text: 'a' }]);
  taken.shift()?.();
  await settle();
  expect(sent).toEqual([{ text: 'a' }, { text: 'b' }]);
  taken.shift()?.();
  await relayed;
});

test('once nobody wants the reply of an editor model, nothing more of it is sent', async () => {
  const controller = new AbortController();
  const sent: ReplyPiece[] = [];
  await relayReply(streamOf(new TextPart('a'), new TextPart('b')), classes, controller.signal, async (piece) => {
    sent.push(piece);
    controller.abort();
  });
  expect(sent).toEqual([{ text: 'a' }]);
});

test('a stream of an editor model that breaks fails with what it says', async () => {
  async function* breaking() {
    yield new TextPart('a');
    throw new Error('ECONNRESET');
  }
  await expect(relayReply(breaking(), classes, never, async () => {})).rejects.toThrow('ECONNRESET');
});

test.each([
  ['NoPermissions', 'noPermissions'],
  ['Blocked', 'blocked'],
  ['NotFound', 'notFound'],
  ['Unknown', 'failed'],
  [undefined, 'failed'],
])('an error of an editor model with code %s is %s', (code, kind) => {
  expect(failureOf(Object.assign(new Error('words'), { code }))).toEqual({ kind, message: 'words' });
});

test('the cause of an error of an editor model is told, once', () => {
  expect(failureOf(new Error('failed', { cause: new Error('no network') })).message).toBe('failed: no network');
  expect(failureOf(new Error('failed: no network', { cause: 'no network' })).message).toBe('failed: no network');
  expect(failureOf('plain').message).toBe('plain');
});
