import { expect, test } from 'vitest';
import { type Ending, InlineEdit } from '../../../../sage-vscode/src/features/inlineEdit/inlineEdit';
import { streamingMarks } from '../../../../sage-vscode/src/features/inlineEdit/streamingMarks';
import { FakeBuffer } from '../fakes/fakeBuffer';
import { settle } from '../fakes/fakeServer';

const FILE = 'head\none\ntwo\nthree\ntail';

async function proposed(text: string) {
  const buffer = new FakeBuffer(FILE);
  const edit = new InlineEdit(buffer, { start: 1, end: 3, insert: false });
  const endings: Ending[] = [];
  edit.ended.subscribe((ending) => endings.push(ending));
  await edit.finish(text);
  return { buffer, edit, endings };
}

test.each(['1', '1\n2\n3\n4\n5', 'ONE\nTWO', ''])('a refinement streams over the proposal: %j', async (text) => {
  const { buffer, edit, endings } = await proposed('ONE\nTWO');
  edit.refine();
  for (let offset = 0; offset < text.length; offset += 2) {
    edit.append(offset, text.slice(offset, offset + 2));
    await settle();
  }
  await edit.finish(text);
  expect(buffer.text).toBe(`head\n${text}\ntail`);
  expect([edit.phase, endings]).toEqual(['reviewing', []]);
  expect(edit.original).toEqual(['one', 'two', 'three']);
});

test('a rejection after it brings back the original, and everything is one undo step', async () => {
  const { buffer, edit, endings } = await proposed('ONE');
  edit.refine();
  await edit.finish('1\n2\n3\n4');
  expect(buffer.steps.filter((step) => step === 'begin')).toHaveLength(1);
  await edit.reject();
  expect(buffer.text).toBe(FILE);
  expect(endings).toEqual(['rejected']);
});

test('a refinement that is stopped leaves the proposal before it, which can still be rejected', async () => {
  const { buffer, edit, endings } = await proposed('ONE\nTWO');
  edit.refine();
  edit.append(0, '1\n2\n3\n4');
  await settle();
  await edit.reject();
  expect(buffer.text).toBe('head\nONE\nTWO\ntail');
  expect([edit.phase, endings]).toEqual(['reviewing', []]);
  await edit.reject();
  expect([buffer.text, endings]).toEqual([FILE, ['rejected']]);
});

test('before its text arrives nothing is marked as new', async () => {
  const { edit } = await proposed('ONE\nTWO');
  edit.refine();
  expect(edit.lines.written).toBe(0);
  expect(streamingMarks(edit).written).toBeNull();
});

test('what differs is told from the original, and an answer that is the original ends it', async () => {
  const { edit, endings } = await proposed('ONE');
  edit.refine();
  await edit.finish('one\ntwo\nthree');
  expect(endings).toEqual(['unchanged']);
});
