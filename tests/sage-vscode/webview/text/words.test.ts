import { describe, expect, test } from 'vitest';
import { plural } from '../../../../sage-vscode/webview/l10n';
import { formatCost, formatDuration, formatTokens, formatWhen } from '../../../../sage-vscode/webview/text/format';
import { growingString, partialString } from '../../../../sage-vscode/webview/text/partialJson';

describe('Numbers for people', () => {
  test.each([
    [0, '1 ms'],
    [120, '120 ms'],
    [1_234, '1.2 s'],
    [12_345, '12 s'],
    [185_000, '3 min 5 s'],
    [119_900, '2 min 0 s'],
  ])('%d milliseconds are %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  test.each([
    [840, '840'],
    [1_000, '1k'],
    [12_340, '12.3k'],
    [200_000, '200k'],
    [1_250_000, '1.3M'],
  ])('%d tokens are %s', (tokens, text) => expect(formatTokens(tokens)).toBe(text));

  test.each([
    [0, 'free'],
    [0.000012, '$0.000012'],
    [0.00123, '$0.0012'],
    [0.0998, '$0.10'],
    [0.05, '$0.05'],
    [12.3, '$12.30'],
  ])('%d dollars are %s', (dollars, text) => expect(formatCost(dollars)).toBe(text));

  test('one file, two files', () => {
    expect([1, 2].map((count) => plural(count, '1 file', '{0} files'))).toEqual(['1 file', '2 files']);
  });
});

describe('When', () => {
  const now = Date.parse('2026-06-15T12:00:00Z');
  test.each([
    ['2026-06-15T11:59:30Z', 'just now'],
    ['2026-06-15T11:55:00Z', '5 minutes ago'],
    ['2026-06-15T09:00:00Z', '3 hours ago'],
    ['2026-06-14T11:00:00Z', 'yesterday'],
    ['2026-05-01T12:00:00Z', 'May 1'],
    ['2024-05-01T12:00:00Z', 'May 1, 2024'],
    ['2027-01-01T00:00:00Z', 'just now'],
    ['nonsense', ''],
  ])('%s was %s', (iso, text) => expect(formatWhen(iso, now)).toBe(text));
});

describe('Arguments that are still being written', () => {
  test('tell the path as soon as it is there', () => {
    expect(partialString('{"pa', 'path')).toBeNull();
    expect(partialString('{"path": "src/a', 'path')).toBe('src/a');
    expect(partialString('{"path":"src/a.ts","content":"x', 'path')).toBe('src/a.ts');
  });

  test('show the end of the text that grows', () => {
    const json = '{"path":"a","content":"line 1\\nsay \\"hi\\"\\u00e9';
    expect(growingString(json, ['content', 'new_text'], 1_000)).toBe('line 1\nsay "hi"é');
    expect(growingString(json, ['new_text'], 1_000)).toBeNull();
    expect(growingString(`{"content":"${'x'.repeat(9_000)}`, ['content'], 100)).toBe('x'.repeat(100));
  });

  test('may end anywhere', () => {
    const json = '{"path":"a\\u00e9b","content":"c\\\\d\\n"}';
    for (let end = 0; end <= json.length; end++) {
      expect(() => growingString(json.slice(0, end), ['content'], 50)).not.toThrow();
    }
  });
});
