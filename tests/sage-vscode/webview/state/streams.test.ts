import { describe, expect, test } from 'vitest';
import { appendOutput, appendPiece, emptyOutput, emptyStream } from '../../../../sage-vscode/webview/state/streams';

describe('A stream of text', () => {
  test('Twenty thousand pieces give the whole text, in order', () => {
    let stream = emptyStream;
    let expected = '';
    for (let i = 0; i < 20_000; i++) {
      const piece = `${i} `;
      stream = appendPiece(stream, expected.length, piece);
      expected += piece;
    }
    expect(stream.text).toBe(expected);
  });

  test('Pieces that come early wait, even several of them', () => {
    let stream = appendPiece(emptyStream, 4, 'cd');
    stream = appendPiece(stream, 2, 'ab');
    expect(stream.text).toBe('');
    stream = appendPiece(stream, 0, '..');
    expect(stream).toEqual({ text: '..abcd', ahead: [] });
  });

  test('A piece that is known changes nothing', () => {
    const stream = appendPiece(emptyStream, 0, 'hello');
    expect(appendPiece(stream, 0, 'hello')).toBe(stream);
    expect(appendPiece(stream, 1, 'ell')).toBe(stream);
  });

  test('A merged piece that overlaps adds only its end', () => {
    expect(appendPiece(appendPiece(emptyStream, 0, 'hello'), 3, 'lo world').text).toBe('hello world');
  });
});

describe('Output', () => {
  test('A hole in the output is marked', () => {
    const output = appendOutput(appendOutput(emptyOutput, 0, 'one'), 100, 'two');
    expect(output.text).toBe('one\n…\ntwo');
    expect(output.end).toBe(103);
  });

  test('Repeated output changes nothing', () => {
    const output = appendOutput(emptyOutput, 0, 'one');
    expect(appendOutput(output, 0, 'one')).toBe(output);
    expect(appendOutput(output, 1, 'ne two').text).toBe('one two');
  });
});
