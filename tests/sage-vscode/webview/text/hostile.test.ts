// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { renderAnsi } from '../../../../sage-vscode/webview/text/ansi';
import { BlockSplitter } from '../../../../sage-vscode/webview/text/blocks';
import { renderMarkdown } from '../../../../sage-vscode/webview/text/markdown';
import { visible, visibleLine } from '../../../../sage-vscode/webview/text/visible';
import { markdown, names, output } from '../../../editor/corpus/hostile.mjs';

const tags =
  'A B BLOCKQUOTE BR BUTTON CODE DEL DIV EM H1 H2 H3 H4 H5 H6 HR I LI OL P PRE S SPAN STRONG TABLE TBODY TD TH THEAD TR UL';
const allowedTags = new Set(tags.split(' '));
const allowedAttributes = new Set(
  'href class start align title type aria-label aria-hidden data-action data-file data-path data-line tabindex'.split(
    ' ',
  ),
);

/** As a reply is drawn, block by block. Each has a root of its own: the page under test is slow with ten thousand in one. */
function draw(text: string): readonly HTMLElement[] {
  return new BlockSplitter().update(text).map((block) => {
    const root = document.createElement('div');
    root.append(renderMarkdown(block.text, true));
    return root;
  });
}

function drawn(text: string | undefined): HTMLElement {
  const [root, ...others] = draw(text ?? '');
  expect(others).toEqual([]);
  return root as HTMLElement;
}

/** What the page would load, run, style or submit; with how often. */
function findings(root: HTMLElement): readonly string[] {
  const found = [...root.querySelectorAll('*')].flatMap((element) => [
    ...(allowedTags.has(element.tagName) ? [] : [`<${element.tagName}>`]),
    ...element
      .getAttributeNames()
      .filter((name) => !allowedAttributes.has(name))
      .map((name) => `${element.tagName} ${name}`),
    ...[element.getAttribute('href')]
      .filter((href) => href !== null && !/^https?:\/\//i.test(href))
      .map((href) => `href ${href}`),
    ...[element.getAttribute('data-path')]
      .filter((path) => path !== null && /^[a-z][a-z0-9+.-]+:/i.test(path))
      .map((path) => `path ${path}`),
  ]);
  return [...new Set(found)];
}

describe('Of hostile Markdown', () => {
  test.each(Object.entries(markdown))('nothing is more than text and web links: %s', (_, text) => {
    const roots = draw(text);
    expect([...new Set(roots.flatMap(findings))]).toEqual([]);
    expect(roots.some((root) => root.textContent?.trim() !== '')).toBe(true);
  });

  test('no button acts but our own, which stand on code', () => {
    const roots = draw(markdown['tags that run, load, submit or cover'] ?? '');
    expect(roots.flatMap((root) => [...root.querySelectorAll('[data-action], [data-path]')])).toEqual([]);
  });

  test('a table that nobody could read and quotes that nobody could follow are shown as text', () => {
    const table = drawn(markdown['a huge table']);
    expect(table.querySelectorAll('td')).toHaveLength(0);
    expect(table.querySelector('pre')?.textContent).toContain('399.59');
    expect(drawn(`${'>'.repeat(5_000)} deep`.slice(-5_900)).textContent).toContain('deep');
    expect(drawn('|a|b|\n|-|-|\n|c|d|').querySelectorAll('td')).toHaveLength(2);
  });
});

describe('Of hostile output', () => {
  test.each(Object.entries(output))('nothing is more than coloured text: %s', (_, text) => {
    const root = document.createElement('pre');
    root.append(renderAnsi(text));
    const elements = [...root.querySelectorAll('*')];
    expect(elements.filter(({ tagName }) => tagName !== 'SPAN')).toEqual([]);
    expect(
      [...new Set(elements.flatMap((element) => element.getAttributeNames()))].filter(
        (name) => !['class', 'style'].includes(name),
      ),
    ).toEqual([]);
    expect(elements.filter((element) => /url|expression|position/i.test(element.getAttribute('style') ?? ''))).toEqual(
      [],
    );
  });
});

describe('What the user decides about', () => {
  test('shows what hides and what turns text around', () => {
    expect(visible('rm a\u202egpj.exe\u200b')).toBe('rm a⟨U+202E⟩gpj.exe⟨U+200B⟩');
    expect(visible('a\u0000b\u0008c\u{e0041}')).toBe('a⟨U+0000⟩b⟨U+0008⟩c⟨U+E0041⟩');
    expect(visible('git log\rrm -rf /')).toBe('git log⟨U+000D⟩rm -rf /');
  });

  test('leaves ordinary text as it is', () => {
    const ordinary = 'café 日本 שלום مرحبا ✔️ a\tb\nc\r\nd';
    expect(visible(ordinary)).toBe(ordinary);
    expect(visibleLine('a\nb')).toBe('a ⏎ b');
  });

  test.each(names)('has nothing hidden in names: %j', (name) => {
    expect(visibleLine(name)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
