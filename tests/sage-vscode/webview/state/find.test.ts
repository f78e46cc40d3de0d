import { describe, expect, test } from 'vitest';
import { emptyTranscript } from '../../../../sage-vscode/webview/state/chatState';
import { findIn, firstShown } from '../../../../sage-vscode/webview/state/find';
import { foldEvents } from '../../../../sage-vscode/webview/state/fold';
import { makeRowBuilder } from '../../../../sage-vscode/webview/state/rows';
import { SessionScript } from '../fakes/events';

const script = new SessionScript().created().turn('turn-1', 'Find the Queue').call('a').call('b', 'run_command');
script
  .result('a', 'ok', 'a queue')
  .result('b', 'ok', 'queue queue')
  .reply('reply-2', 'The queue, and the QUEUE again.');
const rows = makeRowBuilder()(foldEvents(emptyTranscript, script.events).items);

describe('Words in the conversation', () => {
  test('are found in prompts, replies, and what calls have found, in either case and in order', () => {
    expect(findIn(rows, 'queue').map(({ row, nth, callId }) => [rows[row]?.key, nth, callId])).toEqual([
      ['user:turn-1', 0, undefined],
      ['tool:a', 0, 'a'],
      ['tool:b', 0, 'b'],
      ['tool:b', 1, 'b'],
      ['reply:reply-2', 0, undefined],
      ['reply:reply-2', 1, undefined],
    ]);
  });

  test.each(['', '   ', 'nowhere'])('%j is found nowhere', (words) => {
    expect(findIn(rows, words)).toEqual([]);
  });

  test('are looked at from what is in sight upwards, or else from the first', () => {
    const found = findIn(rows, 'queue');
    expect(firstShown(found, found[1]?.row ?? 0)).toBe(1);
    expect(firstShown(found, 99)).toBe(found.length - 1);
    expect(firstShown([], 99)).toBe(0);
  });
});
