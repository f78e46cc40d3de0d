import { expect, test } from 'vitest';
import { type Ending, InlineEdit } from '../../../../sage-vscode/src/features/inlineEdit/inlineEdit';
import { streamingMarks } from '../../../../sage-vscode/src/features/inlineEdit/streamingMarks';
import type { Target } from '../../../../sage-vscode/src/features/inlineEdit/target';
import { FakeBuffer } from '../fakes/fakeBuffer';
import { settle } from '../fakes/fakeServer';

const FILE = 'head\none\ntwo\nthree\ntail';
const MIDDLE: Target = { start: 1, end: 3, insert: false };

function begin(text = FILE, target = MIDDLE) {
  const buffer = new FakeBuffer(text);
  const edit = new InlineEdit(buffer, target);
  const endings: Ending[] = [];
  edit.ended.subscribe((ending) => endings.push(ending));
  return { buffer, edit, endings };
}

/** Streams a text in pieces of this size, letting the buffer keep up now and then. */
async function stream(edit: InlineEdit, text: string, size = 3) {
  for (let offset = 0; offset < text.length; offset += size) {
    edit.append(offset, text.slice(offset, offset + size));
    if (offset % 2 === 0) {
      await settle();
    }
  }
  await edit.finish(text);
}

test.each([1, 2, 3, 7, 100])(
  'streamed in pieces of %i, the new lines replace the old ones and nothing else',
  async (size) => {
    for (const text of ['ONE', 'ONE\nTWO\nTHREE\nFOUR\nFIVE', '', '\n\n', 'one\ntwo\nTHREE']) {
      const { buffer, edit } = begin();
      await stream(edit, text, size);
      expect(buffer.text).toBe(`head\n${text}\ntail`);
      expect(edit.phase).toBe('reviewing');
    }
  },
);

test('while it streams, old lines make way one by one', async () => {
  const { buffer, edit } = begin();
  edit.append(0, 'ONE\nTW');
  await settle();
  expect(buffer.lines).toEqual(['head', 'ONE', 'TW', 'three', 'tail']);
  expect(edit.lines).toEqual({ start: 1, count: 3, written: 2 });
});

test('an accept while it streams counts once all of it is there', async () => {
  const { buffer, edit, endings } = begin();
  edit.append(0, 'ON');
  edit.accept();
  await settle();
  expect(endings).toEqual([]);
  await edit.finish('ONE');
  expect(endings).toEqual(['accepted']);
  expect(buffer.text).toBe('head\nONE\ntail');
});

test('a reject while the undo history is made whole is not lost', async () => {
  const { buffer, edit, endings } = begin();
  edit.append(0, 'ON');
  await settle();
  buffer.undoIsSplit = true;
  buffer.canUndo = true;
  const { undoAll } = buffer;
  let rejected: Promise<void> | undefined;
  buffer.undoAll = async () => {
    await Promise.resolve();
    rejected ??= edit.reject();
    return undoAll.call(buffer);
  };
  await edit.finish('ONE');
  await rejected;
  expect(endings).toEqual(['rejected']);
  expect(buffer.text).toBe(FILE);
});

test('the hint leaves its line before that is replaced, and then follows the line that grows', async () => {
  const { buffer, edit } = begin();
  const hints: (number | null)[] = [streamingMarks(edit).hintLine];
  edit.changed.subscribe(() => hints.push(streamingMarks(edit).hintLine));
  buffer.changed.subscribe(() => expect(hints).toEqual([1, null]));
  edit.append(0, 'ONE\nTW');
  await settle();
  expect(hints).toEqual([1, null, 2]);
});

test('all writes join one undo step', async () => {
  const { buffer, edit } = begin();
  await stream(edit, 'ONE\nTWO');
  expect(buffer.steps.length).toBeGreaterThan(2);
  expect(buffer.steps[0]).toBe('begin');
  expect(new Set(buffer.steps.slice(1))).toEqual(new Set(['join']));
});

test('an undo history that the cursor has cut is made whole again', async () => {
  const { buffer, edit } = begin();
  edit.append(0, 'ON');
  await settle();
  buffer.undoIsSplit = true;
  buffer.canUndo = true;
  await edit.finish('ONE');
  expect(buffer.undone).toBe(1);
  expect(buffer.steps.at(-1)).toBe('begin');
  expect(buffer.text).toBe('head\nONE\ntail');
  expect(edit.phase).toBe('reviewing');
});

test('pieces that repeat what is known are not written twice', async () => {
  const { buffer, edit } = begin();
  edit.append(0, 'ON');
  edit.append(1, 'NE');
  await edit.finish('ONE\nTWO');
  expect(buffer.text).toBe('head\nONE\nTWO\ntail');
});

test('the whole text at the end counts when the stream said something else', async () => {
  const { buffer, edit } = begin();
  edit.append(0, '```ts\nONE');
  await settle();
  await edit.finish('ONE');
  expect(buffer.text).toBe('head\nONE\ntail');
});

test('carriage returns of the model do not reach the file', async () => {
  const { buffer, edit } = begin();
  await stream(edit, 'ONE\r\nTWO');
  expect(buffer.text).toBe('head\nONE\nTWO\ntail');
});

test('a reject in the middle of the stream restores the exact text', async () => {
  const { buffer, edit, endings } = begin();
  edit.append(0, 'ONE\nTWO\nTHREE\nFO');
  const rejected = edit.reject();
  edit.append(15, 'UR');
  await rejected;
  expect(buffer.text).toBe(FILE);
  expect(endings).toEqual(['rejected']);
  await edit.finish('ONE\nTWO\nTHREE\nFOUR');
  expect(buffer.text).toBe(FILE);
});

test('a reject before anything was written touches nothing', async () => {
  const { buffer, edit, endings } = begin();
  await edit.reject();
  expect(buffer.steps).toEqual([]);
  expect(endings).toEqual(['rejected']);
});

test('a reject afterwards restores the exact text, through the undo history where that works', async () => {
  for (const canUndo of [true, false]) {
    const { buffer, edit } = begin();
    await stream(edit, '1\n2\n3\n4');
    buffer.canUndo = canUndo;
    await edit.reject();
    expect(buffer.text).toBe(FILE);
    expect(buffer.undone).toBe(canUndo ? 1 : 0);
  }
});

test('hunks are what differs, each accepted or rejected by itself', async () => {
  const { buffer, edit, endings } = begin();
  await stream(edit, 'ONE\ntwo\nTHREE\nFOUR');
  expect(edit.hunks).toEqual([
    { oldStart: 0, oldLines: ['one'], newStart: 0, newCount: 1 },
    { oldStart: 2, oldLines: ['three'], newStart: 2, newCount: 2 },
  ]);
  edit.accept(0);
  expect(edit.hunks).toHaveLength(1);
  await edit.reject(0);
  expect(buffer.text).toBe('head\nONE\ntwo\nthree\ntail');
  expect(endings).toEqual(['rejected']);
});

test('a rejected deletion comes back where it was', async () => {
  for (const kept of ['one\nthree', 'two\nthree', 'one\ntwo']) {
    const { buffer, edit } = begin();
    await stream(edit, kept);
    expect(edit.hunks).toHaveLength(1);
    await edit.reject(0);
    expect(buffer.text).toBe(FILE);
  }
});

test('a rejected insertion goes', async () => {
  const { buffer, edit } = begin();
  await stream(edit, 'zero\none\ntwo\nand\nthree\nfour');
  expect(edit.hunks).toHaveLength(3);
  for (let hunk = 0; hunk < 3; hunk++) {
    await edit.reject(0);
  }
  expect(buffer.text).toBe(FILE);
});

test('a reject of the rest keeps what was accepted', async () => {
  const { buffer, edit } = begin();
  await stream(edit, 'ONE\ntwo\nTHREE');
  edit.accept(1);
  await edit.reject();
  expect(buffer.text).toBe('head\none\ntwo\nTHREE\ntail');
});

test('accepting everything ends it without touching the text', async () => {
  const { buffer, edit, endings } = begin();
  await stream(edit, 'ONE');
  const { length } = buffer.steps;
  edit.accept();
  expect(buffer.steps).toHaveLength(length);
  expect(endings).toEqual(['accepted']);
});

test('an answer that changes nothing ends by itself', async () => {
  const { endings, edit } = begin();
  await stream(edit, 'one\ntwo\nthree');
  expect(endings).toEqual(['unchanged']);
});

test('typing elsewhere moves the target and disturbs nothing', async () => {
  const { buffer, edit } = begin();
  edit.append(0, 'ONE\n');
  await settle();
  buffer.type(0, 0, 'new first\n');
  buffer.type(1, 4, '\nmore');
  buffer.type(buffer.lineCount - 1, 4, '!');
  await edit.finish('ONE\nTWO');
  expect(buffer.text).toBe('new first\nhead\nmore\nONE\nTWO\ntail!');
  await edit.reject();
  expect(buffer.text).toBe('new first\nhead\nmore\none\ntwo\nthree\ntail!');
});

test('deleting the line above moves the target', async () => {
  const { buffer, edit } = begin();
  buffer.type(0, 0, '', { line: 1, character: 0 });
  await stream(edit, 'ONE');
  expect(buffer.text).toBe('ONE\ntail');
});

test('typing inside the target while it streams stops it and stays', async () => {
  const { buffer, edit, endings } = begin();
  edit.append(0, 'ONE');
  await settle();
  buffer.type(2, 0, 'mine ');
  await edit.finish('ONE\nTWO');
  expect(endings).toEqual(['userEdit']);
  expect(buffer.text).toBe('head\nONE\nmine two\nthree\ntail');
});

test('typing inside the target during the review becomes part of it', async () => {
  const { buffer, edit } = begin();
  await stream(edit, 'ONE\ntwo\nthree');
  buffer.type(3, 5, '!');
  expect(edit.hunks).toHaveLength(2);
  await edit.reject();
  expect(buffer.text).toBe(FILE);
});

test("the editor's own Undo ends the review", async () => {
  const { buffer, edit, endings } = begin();
  await stream(edit, 'ONE');
  buffer.canUndo = false;
  buffer.type(1, 0, 'one\ntwo\nthree', { line: 1, character: 3 });
  expect(endings).toEqual(['userEdit']);
  expect(buffer.text).toBe(FILE);
});

test("a change across the target's edge ends it and stays", async () => {
  const { buffer, edit, endings } = begin();
  await stream(edit, 'ONE\nTWO');
  buffer.type(0, 2, '', { line: 1, character: 1 });
  expect(endings).toEqual(['userEdit']);
  await edit.reject();
  expect(buffer.text).toBe('heNE\nTWO\ntail');
});

test('a closed document ends it', async () => {
  const { buffer, edit, endings } = begin();
  edit.append(0, 'ONE');
  await settle();
  buffer.close();
  await edit.finish('ONE\nTWO');
  expect(endings).toEqual(['documentClosed']);
});

test('a write that lost a race is made again at the right place', async () => {
  const { buffer, edit } = begin();
  buffer.refusals.push('outdated', 'outdated');
  await stream(edit, 'ONE\nTWO');
  expect(buffer.text).toBe('head\nONE\nTWO\ntail');
});

test('a document that cannot be edited ends it in words', async () => {
  const { buffer, edit, endings } = begin();
  buffer.refusals.push(...Array.from({ length: 100 }, () => 'outdated' as const));
  await stream(edit, 'ONE');
  expect(endings).toEqual(['notEditable']);
  expect(buffer.text).toBe(FILE);
});

test('generated text takes the place of the blank line', async () => {
  const { buffer, edit } = begin('a\n  \nb', { start: 1, end: 1, insert: true });
  await stream(edit, 'x\ny');
  expect(buffer.text).toBe('a\nx\ny\nb');
  await edit.reject();
  expect(buffer.text).toBe('a\n  \nb');
});

test('the whole of a file can be the target, also without a final newline', async () => {
  const { buffer, edit } = begin('a\nb', { start: 0, end: 1, insert: false });
  await stream(edit, 'x\ny\nz');
  expect(buffer.text).toBe('x\ny\nz');
  await edit.reject();
  expect(buffer.text).toBe('a\nb');
});

test('whatever is streamed, accepted and rejected, the text around the target keeps its bytes', async () => {
  const words = ['', 'one', 'two', 'three', 'new', '  '];
  let seed = 7;
  const pick = (limit: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % limit;
  };
  for (let run = 0; run < 300; run++) {
    const { buffer, edit } = begin();
    const text = Array.from({ length: pick(7) }, () => words[pick(words.length)]).join('\n');
    await stream(edit, text, 1 + pick(5));
    while (edit.phase === 'reviewing' && pick(4) > 0) {
      const hunk = pick(edit.hunks.length);
      if (pick(2) === 0) {
        edit.accept(hunk);
      } else {
        await edit.reject(hunk);
      }
    }
    await edit.reject();
    expect(buffer.lines.at(0)).toBe('head');
    expect(buffer.lines.at(-1)).toBe('tail');
    expect(edit.phase).toBe('over');
  }
});
