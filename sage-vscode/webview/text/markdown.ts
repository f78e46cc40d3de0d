import createDOMPurify, { type Config } from 'dompurify';
import { Marked, type Tokens } from 'marked';
import { languageIn, placeInInfo } from './codePlaces';
import { decorate } from './decorate';
import { highlight } from './highlight';

const purify = createDOMPurify(window);

/** Nothing that loads, runs, styles or submits; links to the web or to a file, both opened by the host. */
const policy: Config & { RETURN_DOM_FRAGMENT: true } = {
  RETURN_DOM_FRAGMENT: true,
  ALLOWED_TAGS: [
    ...[
      'a',
      'b',
      'blockquote',
      'br',
      'code',
      'del',
      'em',
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'hr',
      'i',
      'li',
      'ol',
      'p',
    ],
    ...['pre', 's', 'span', 'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'],
  ],
  ALLOWED_ATTR: ['href', 'class', 'start', 'align', 'title'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|(?![a-z][a-z0-9+.-]*:|\/\/))/i,
};

const mostCells = 2_000;

const marked = new Marked({
  gfm: true,
  breaks: false,
  renderer: {
    // A model that writes HTML without a fence means to show it.
    html: ({ text }: Tokens.HTML | Tokens.Tag) => (/^<br\s*\/?>$/i.test(text.trim()) ? '<br>' : escapeHtml(text)),
    image: ({ href, text }: Tokens.Image) => `<a href="${escapeHtml(href)}">${escapeHtml(text || href)}</a>`,
    code: ({ text, lang = '' }: Tokens.Code) => codeHtml(text, languageIn(lang), placeInInfo(lang)),
    // What has so many cells takes seconds to lay out, and nobody reads it as a table.
    table: ({ header, rows, raw }: Tokens.Table) =>
      header.length * rows.length > mostCells ? codeHtml(raw, '') : false,
    checkbox: ({ checked }: Tokens.Checkbox) => (checked ? '☑ ' : '☐ '),
  },
});

const cacheSize = 400;
const cache = new Map<string, DocumentFragment>();

/** Counts what was parsed, for the tests that guard against parsing the same text again and again. */
export const parsed = { blocks: 0, characters: 0 };

/** Draws one block of Markdown. Finished blocks are remembered: scrolling back does not parse them again. */
export function renderMarkdown(text: string, finished: boolean): DocumentFragment {
  const known = cache.get(text);
  if (known !== undefined) {
    cache.delete(text);
    cache.set(text, known);
    return known.cloneNode(true) as DocumentFragment;
  }

  parsed.blocks++;
  parsed.characters += text.length;
  const fragment = drawMarkdown(text);
  if (finished) {
    cache.set(text, fragment.cloneNode(true) as DocumentFragment);
    forgetOldest();
  }
  return fragment;
}

/** What is nested deeper than the parser can follow is shown as it was written. */
function drawMarkdown(text: string): DocumentFragment {
  try {
    return toFragment(marked.parse(text, { async: false }));
  } catch (error) {
    if (error instanceof RangeError) {
      return toFragment(codeHtml(text, ''));
    }
    throw error;
  }
}

/** Draws code that is not fenced in Markdown, with the same frame. */
export function renderCode(code: string, language: string): DocumentFragment {
  return toFragment(codeHtml(code, language));
}

/** Whether a block has been drawn before and is at hand. */
export function isRemembered(text: string): boolean {
  return cache.has(text);
}

function toFragment(html: string): DocumentFragment {
  const fragment = purify.sanitize(html, policy);
  decorate(fragment);
  return fragment;
}

function forgetOldest(): void {
  const oldest = cache.keys().next();
  if (cache.size > cacheSize && !oldest.done) {
    cache.delete(oldest.value);
  }
}

/** The sanitiser keeps the title, from which the frame reads the file. */
function codeHtml(text: string, language: string, file: string | null = null): string {
  const html = highlight(text, language) ?? escapeHtml(text);
  const title = file === null ? '' : ` title="${escapeHtml(file)}"`;
  return `<pre><code class="language-${escapeHtml(language)}"${title}>${html}</code></pre>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
