import { describe, expect, test } from 'vitest';
import { BlockSplitter } from '../../../../sage-vscode/webview/text/blocks';

const split = (text: string) => new BlockSplitter().update(text).map((block) => block.text.trim());

const sample = `# Title

A paragraph
on two lines.

- one

- two
  with more

  and a paragraph of its own

1. first

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`
After the code.

| a | b |
|---|---|
| 1 | 2 |

> quote

    indented code

    goes on

~~~
\`\`\` not the end
~~~

End`;

describe('Blocks', () => {
  test('Markdown is cut where a block ends, and nowhere else', () => {
    expect(split(sample)).toEqual([
      '# Title',
      'A paragraph\non two lines.',
      '- one\n\n- two\n  with more\n\n  and a paragraph of its own\n\n1. first',
      '```ts\nconst a = 1;\n\nconst b = 2;\n```',
      'After the code.',
      '| a | b |\n|---|---|\n| 1 | 2 |',
      '> quote\n\n    indented code\n\n    goes on',
      '~~~\n``` not the end\n~~~',
      'End',
    ]);
  });

  test('However the text arrives, the blocks are the same, and finished ones stay the same objects', () => {
    const whole = new BlockSplitter().update(sample);
    for (const step of [1, 3, 7, 50]) {
      const splitter = new BlockSplitter();
      let before = splitter.update('');
      for (let end = step; end < sample.length + step; end += step) {
        const blocks = splitter.update(sample.slice(0, end));
        for (let i = 0; i < before.length - 1; i++) {
          expect(blocks[i]).toBe(before[i]);
        }
        before = blocks;
      }
      expect(before.map((block) => block.text)).toEqual(whole.map((block) => block.text));
    }
  });

  test('Nothing is lost', () => {
    const joined = new BlockSplitter().update(sample).map((block) => block.text);
    expect(joined.join('').replace(/\s/g, '')).toBe(sample.replace(/\s/g, ''));
  });

  test('Code that has no end yet is known as such', () => {
    const [first, open] = new BlockSplitter().update('Look:\n```ts title="a"\nconst a = 1;\n\nconst');
    expect(first).toEqual({ text: 'Look:\n', openFence: null });
    expect(open?.openFence).toEqual({ language: 'ts', code: 'const a = 1;\n\nconst' });
  });

  test('A longer fence holds a shorter one', () => {
    expect(split('````md\n```ts\nx\n```\n````\nafter')).toEqual(['````md\n```ts\nx\n```\n````', 'after']);
  });

  test('An endless paragraph is cut, and every part is bounded', () => {
    const text = 'One sentence after the other. '.repeat(3_000);
    const blocks = new BlockSplitter().update(text);
    expect(Math.max(...blocks.map((block) => block.text.length))).toBeLessThanOrEqual(6_000);
    expect(blocks.map((block) => block.text).join('')).toBe(text);
  });

  test('A text that is replaced by another is cut anew', () => {
    const splitter = new BlockSplitter();
    splitter.update('one\n\ntwo\n\nthree');
    expect(splitter.update('other\n\ntext').map((block) => block.text.trim())).toEqual(['other', 'text']);
  });
});
