import { describe, expect, test } from 'vitest';
import { lineOf, planParts } from '../../../../sage-vscode/webview/text/planParts';

const lines = (plan: string) => planParts(plan).map(({ line, depth, source }) => [line, depth, source]);

describe('The parts of a plan', () => {
  test('are its headings, paragraphs, items and blocks of code', () => {
    const plan = [
      '## Title',
      'Words that',
      'go on.',
      '',
      '- one',
      '  goes on',
      '  1. inner',
      '- two',
      '',
      '  more of two',
      '',
      '```ts',
      '',
      '- no item',
      '```',
      'After.',
    ].join('\n');
    expect(lines(plan)).toEqual([
      [1, 0, '## Title'],
      [2, 0, 'Words that\ngo on.'],
      [5, 0, '- one\n  goes on'],
      [7, 1, '1. inner'],
      [8, 0, '- two\n\n  more of two'],
      [12, 0, '```ts\n\n- no item\n```'],
      [16, 0, 'After.'],
    ]);
  });

  test('keep code inside of an item, whatever stands in it', () => {
    expect(lines('1. Do\n   ```\n   # no heading\n   2. no item\n   ```\n2. Next')).toEqual([
      [1, 0, '1. Do\n   ```\n   # no heading\n   2. no item\n   ```'],
      [6, 0, '2. Next'],
    ]);
  });

  test('are there for a fence that never ends, for Windows line ends, and not for nothing', () => {
    expect(lines('a\n\n```\nb')).toEqual([
      [1, 0, 'a'],
      [3, 0, '```\nb'],
    ]);
    expect(lines('a\r\n\r\nb')).toEqual([
      [1, 0, 'a'],
      [3, 0, 'b'],
    ]);
    expect(lines(' \n\n')).toEqual([]);
  });

  test('hold every line that is not blank, once', () => {
    const pieces = ['# h', 'words', '- a', '  - b', '    more', '', '```', '1. c', '   d', '> q', '| t |', '\tx'];
    let seed = 7;
    const next = (bound: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % bound;
    };
    for (let round = 0; round < 500; round++) {
      const plan = Array.from({ length: 1 + next(14) }, () => pieces[next(pieces.length)]).join('\n');
      const inParts = planParts(plan).flatMap(({ source }) => source.split('\n').map((line) => line.trim()));
      expect(inParts.filter((line) => line !== '')).toEqual(
        plan
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      );
    }
  });

  test('are found again in a plan that was changed', () => {
    expect(lineOf('# h\n\n- a\n- b', '- b')).toBe(4);
    expect(lineOf('# h', '- b')).toBeNull();
  });
});
