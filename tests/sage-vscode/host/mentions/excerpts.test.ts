import { describe, expect, test } from 'vitest';
import { ChunkTail } from '../../../../sage-vscode/src/features/mentions/chunkTail';
import { plainOutput } from '../../../../sage-vscode/src/features/mentions/plainOutput';
import { describeProblems, type Problem } from '../../../../sage-vscode/src/features/mentions/problems';

const problem: Problem = {
  path: 'a.ts',
  line: 3,
  column: 5,
  severity: 'warning',
  message: 'Unused\n  name',
  source: 'ts',
};

describe('Problems', () => {
  test('are told one a line, errors first', () => {
    const error: Problem = { ...problem, path: 'b.ts', severity: 'error', source: '' };
    expect(describeProblems([problem, error])).toBe('b.ts:3:5 error: Unused name\na.ts:3:5 warning: Unused name (ts)');
  });

  test('that are too many are counted', () => {
    const lines = describeProblems(Array.from({ length: 203 }, () => problem)).split('\n');
    expect(lines.length).toBe(201);
    expect(lines.at(-1)).toBe('… and 3 more');
  });
});

describe('What a terminal shows', () => {
  test.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]633;C\u0007out\u001b]0;title\u001b\\put', 'output'],
    ['10%\r50%\r100%\r\ndone', '100%\ndone'],
    ['long line\rshort', 'shortline'],
    ['a\b\bbc', 'bc'],
    ['bell\u0007', 'bell'],
    ['cut \u001b[', 'cut'],
  ])('%j is %j', (written, shown) => {
    expect(plainOutput(written)).toBe(shown);
  });

  test('is kept up to its end, and no more of it', () => {
    const tail = new ChunkTail(10);
    for (let i = 0; i < 1_000; i++) {
      tail.add(`${i},`);
    }
    expect(tail.text).toBe('7,998,999,');
  });
});
