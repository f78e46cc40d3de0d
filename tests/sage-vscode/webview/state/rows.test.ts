import { describe, expect, test } from 'vitest';
import { emptyTranscript } from '../../../../sage-vscode/webview/state/chatState';
import { foldEvents } from '../../../../sage-vscode/webview/state/fold';
import { makeRowBuilder } from '../../../../sage-vscode/webview/state/rows';
import { SessionScript } from '../fakes/events';

const itemsOf = (script: SessionScript) => foldEvents(emptyTranscript, script.events).items;
const rowsOf = (script: SessionScript) => makeRowBuilder()(itemsOf(script)).map((row) => row.key);

describe('Rows', () => {
  test('Reads that went well are folded together', () => {
    const script = new SessionScript().created().turn().call('a').call('b').call('c', 'grep');
    script.result('a').result('b').result('c').reply('reply-1', '');
    expect(rowsOf(script)).toEqual(['user:turn-1', 'group:a', 'tail']);
  });

  test('Reads are not folded while one of them runs, nor when one failed', () => {
    const script = new SessionScript().created().turn().call('a').call('b').reply('reply-1', '');
    script.result('a');
    expect(rowsOf(script)).toEqual(['user:turn-1', 'tool:a', 'tool:b', 'tail']);
    script.result('b', 'error');
    expect(rowsOf(script)).toEqual(['user:turn-1', 'tool:a', 'tool:b', 'tail']);
  });

  test('Other calls and words come between reads', () => {
    const script = new SessionScript().created().turn().call('a').call('b', 'run_command').call('c');
    script
      .result('a')
      .result('b')
      .result('c')
      .reply('reply-1', '')
      .reply('reply-2', 'Words')
      .call('d', 'read_file', {}, 'reply-3');
    expect(rowsOf(script)).toEqual([
      'user:turn-1',
      'tool:a',
      'tool:b',
      'tool:c',
      'reply:reply-2',
      'reply:reply-3',
      'tool:d',
      'tail',
    ]);
  });

  test('A reply without words takes no room once it has ended', () => {
    const script = new SessionScript().created().turn().reply('reply-1', '  ');
    expect(rowsOf(script)).toEqual(['user:turn-1', 'tail']);
  });

  test('Rows that did not change keep their identity', () => {
    const script = new SessionScript()
      .created()
      .turn()
      .call('a')
      .call('b')
      .result('a')
      .result('b')
      .reply('reply-1', '');
    script.call('c', 'run_command', {}, 'reply-2');
    const build = makeRowBuilder();
    const transcript = foldEvents(emptyTranscript, script.events);
    const before = build(transcript.items);
    script.result('c');
    const after = build(foldEvents(transcript, script.events).items);
    expect(after.map((row, i) => row === before[i])).toEqual([true, true, true, false, true]);
    expect(after.map((row) => row.key)).toEqual(before.map((row) => row.key));
  });
});
