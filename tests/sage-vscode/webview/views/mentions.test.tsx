// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { field, listed, panelWith } from '../fakes/composer';
import type { Panel } from '../fakes/panel';

describe('Behind a sign in the words', () => {
  const file = { kind: 'file', label: 'queue.ts', detail: 'src', path: 'src/queue.ts' } as const;
  const problems = { kind: 'problems', label: 'Problems', detail: '2 problems' } as const;
  const asked = (panel: Panel) => panel.sent.filter(({ type }) => type === 'findMentions' || type === 'takeMention');
  const place = async (panel: Panel, draft: string, cursor: number) => {
    await panel.type(draft);
    field(panel).setSelectionRange(cursor, cursor);
    await act(() => void field(panel).dispatchEvent(new Event('select', { bubbles: true })));
  };

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('the host looks for what is written, once the keys rest', async () => {
    const panel = await panelWith();
    await panel.type('Look at @q');
    await panel.type('Look at @qu');
    expect(asked(panel)).toEqual([]);
    await act(() => void vi.advanceTimersByTime(60));
    expect(asked(panel)).toEqual([{ type: 'findMentions', words: 'qu' }]);
  });

  test('what is chosen stands in the words by its name, and is attached', async () => {
    const panel = await panelWith();
    await panel.type('Explain @que');
    await panel.act({ type: 'mentionsFound', words: 'que', items: [file] });
    expect(listed(panel)).toEqual(['queue.ts']);
    await panel.press(field(panel), 'Enter');
    expect(field(panel).value).toBe('Explain @queue.ts ');
    expect(asked(panel)).toEqual([{ type: 'takeMention', item: file }]);
  });

  test('in the middle of the words it is put where the cursor is', async () => {
    const panel = await panelWith();
    await place(panel, 'Compare #p with it', 10);
    await panel.act({ type: 'mentionsFound', words: 'p', items: [problems] });
    await panel.press(field(panel), 'Tab');
    expect(field(panel).value).toBe('Compare #problems with it');
    expect(field(panel).selectionEnd).toBe('Compare #problems '.length);
  });

  test('what was found for other words is not taken for these', async () => {
    const panel = await panelWith();
    await panel.type('@q');
    await panel.act({ type: 'mentionsFound', words: 'q', items: [file, problems] });
    await panel.type('@qz');
    expect(listed(panel)).toEqual([]);
    await panel.press(field(panel), 'Enter');
    expect(asked(panel)).toEqual([]);
  });

  test('of what was found for other words, what these begin is first', async () => {
    const inFile = { ...problems, label: 'Problems in This File', path: 'src/main.ts' };
    const terminal = { kind: 'terminal', label: 'Terminal Output', detail: '' } as const;
    const panel = await panelWith();
    await panel.type('@');
    await panel.act({ type: 'mentionsFound', words: '', items: [inFile, terminal] });
    await panel.type('@term');
    expect(listed(panel)).toEqual(['Terminal Output', 'Problems in This File']);
    await panel.press(field(panel), 'Tab');
    expect(field(panel).value).toBe('@terminal ');
  });

  test('who takes the first before it is found gets what is found then', async () => {
    const panel = await panelWith();
    await panel.type('@');
    await panel.act({ type: 'mentionsFound', words: '', items: [file] });
    await panel.type('@sr');
    await panel.act({ type: 'mentionsFound', words: 'sr', items: [file] });
    await panel.type('@srq');
    await panel.press(field(panel), 'Tab');
    expect(field(panel).value).toBe('@srq');
    const found = { ...file, label: 'srq.ts', path: 'src/srq.ts' };
    await panel.act({ type: 'mentionsFound', words: 'srq', items: [found, file] });
    expect(field(panel).value).toBe('@srq.ts ');
    expect(asked(panel)).toContainEqual({ type: 'takeMention', item: found });
  });

  test.each([
    ['goes on typing', (panel: Panel) => panel.type('@srqu'), 'srqu'],
    ['closes the list', (panel: Panel) => panel.press(field(panel), 'Escape'), 'srq'],
  ])('who %s has taken nothing', async (_, turnAway, words) => {
    const panel = await panelWith({ type: 'mentionsFound', words: 'sr', items: [file] });
    await panel.type('@srq');
    await panel.press(field(panel), 'Tab');
    await turnAway(panel);
    await panel.act({ type: 'mentionsFound', words, items: [file] });
    expect(field(panel).value).toBe(`@${words}`);
  });

  test.each(['me@example.org', 'a#b', '@done with', '# remember'])('%j points at nothing', async (draft) => {
    const panel = await panelWith({ type: 'mentionsFound', words: '', items: [file] });
    await panel.type(draft);
    expect(panel.has('command-list')).toBe(false);
  });

  test('an address is left in the words, for the model to read', async () => {
    const panel = await panelWith();
    await panel.type('@https://example.org/a');
    await panel.press(field(panel), 'Enter');
    expect(field(panel).value).toBe('https://example.org/a ');
  });
});
