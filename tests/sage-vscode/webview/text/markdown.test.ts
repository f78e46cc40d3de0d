// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../../../sage-vscode/webview/text/markdown';

function draw(markdown: string): HTMLElement {
  const root = document.createElement('div');
  root.append(renderMarkdown(markdown, true));
  return root;
}

/** What a hostile model, file or web page may make a reply contain. */
const hostile: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe src="https://evil.example"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="javascript:alert(1)">',
  '<form action="https://evil.example"><input name=a><button>Go</button></form>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<link rel=stylesheet href="https://evil.example/a.css">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<a href="javascript:alert(1)">click</a>',
  '[click](javascript:alert(1))',
  '[click](JaVaScRiPt:alert(1))',
  '[click](java\tscript:alert(1))',
  '[click](&#106;avascript:alert(1))',
  '[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[click](vbscript:msgbox(1))',
  '[click](command:workbench.action.terminal.new)',
  '[click](vscode://file/etc/passwd)',
  '[click](file:///etc/passwd)',
  '[click](//evil.example/x)',
  '<javascript:alert(1)>',
  '![x](https://evil.example/track.png)',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml,<svg onload=alert(1)>)',
  '![x](https://evil.example/"onerror="alert(1))',
  '[x](https://a.example "onmouseover=alert(1)")',
  '[x](https://a.example/"onmouseover="alert(1))',
  '<div style="background:url(javascript:alert(1))">x</div>',
  '<p onclick="alert(1)">x</p>',
  '<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)></video>',
  '<button data-action="terminal">Copy</button>',
  '<span data-path="/etc/passwd">x</span>',
  '```"><img src=x onerror=alert(1)>\ncode\n```',
  '```ts\n</code></pre><script>alert(1)</script>\n```',
  '`</code><img src=x onerror=alert(1)>`',
  '|a|\n|-|\n|<img src=x onerror=alert(1)>|',
  '<br onclick=alert(1)>',
  '\\<script>alert(1)</script>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
];

const allowedTags = new Set(
  'A B BLOCKQUOTE BR BUTTON CODE DEL DIV EM H1 H2 H3 H4 H5 H6 HR I LI OL P PRE S SPAN STRONG TABLE TBODY TD TH THEAD TR UL'.split(
    ' ',
  ),
);
const allowedAttributes = new Set(
  'href class start align title type aria-label aria-hidden data-action data-file data-path data-line tabindex'.split(
    ' ',
  ),
);

describe('What a model writes', () => {
  test.each(hostile)('is harmless: %s', (markdown) => {
    const root = draw(markdown);
    for (const element of root.querySelectorAll('*')) {
      expect(allowedTags).toContain(element.tagName);
      for (const attribute of element.attributes) {
        expect(allowedAttributes).toContain(attribute.name);
      }
      const address = element.getAttribute('href');
      expect(address === null || /^https?:\/\//.test(address)).toBe(true);
      const path = element.getAttribute('data-path');
      expect(path === null || !/^[a-z][a-z0-9+.-]+:/i.test(path)).toBe(true);
    }
  });

  test('cannot bring buttons that act', () => {
    expect(draw('<button data-action="terminal">Copy</button>').querySelector('[data-action]')).toBeNull();
    expect(draw('<span data-path="/etc/passwd">x</span>').querySelector('[data-path]')).toBeNull();
  });

  test('is shown as it was written when it is HTML', () => {
    expect(draw('Use <div class="a"> here').textContent?.trim()).toBe('Use <div class="a"> here');
    expect(draw('one<br>two').querySelector('br')).not.toBeNull();
  });

  test('shows images as links', () => {
    const link = draw('![A chart](https://example.com/a.png)').querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://example.com/a.png');
    expect(link?.textContent).toBe('A chart');
  });
});

describe('Code', () => {
  test('is highlighted, and framed with what can be done with it', () => {
    const root = draw('```ts\nconst a = 1;\n```');
    expect(root.querySelector('.hljs-keyword')?.textContent).toBe('const');
    expect(root.querySelector('.code-language')?.textContent).toBe('TypeScript');
    const actions = [...root.querySelectorAll<HTMLElement>('[data-action]')].map((button) => button.dataset.action);
    expect(actions).toEqual(['copy', 'insert', 'apply']);
  });

  test('says which file it belongs to, where its fence does', () => {
    const root = draw('```ts src/a.ts\nconst a = 1;\n```');
    expect(root.querySelector('.code-language')?.textContent).toBe('TypeScript · src/a.ts');
    expect(root.querySelector<HTMLElement>('.code-block')?.dataset.file).toBe('src/a.ts');
    expect(root.querySelector('[title="src/a.ts"]')).toBeNull();
  });

  test('of a shell can be pasted in the terminal', () => {
    expect(draw('```bash\nls\n```').querySelector('[data-action="terminal"]')).not.toBeNull();
  });

  test('of an unknown language, or endless code, is shown plainly', () => {
    expect(draw('```brainf\n<+>\n```').querySelector('code')?.textContent).toBe('<+>');
    const long = `const a = 1;\n`.repeat(6_000);
    expect(draw(`\`\`\`ts\n${long}\`\`\``).querySelector('.hljs-keyword')).toBeNull();
  });
});

describe('Files', () => {
  test('named in code or linked can be opened', () => {
    const root = draw('See `src/a.ts:12`, [b](src/b.ts#L3) and `console.log`.');
    const places = [...root.querySelectorAll<HTMLElement>('[data-path]')].map(({ dataset }) => [
      dataset.path,
      dataset.line,
    ]);
    expect(places).toEqual([
      ['src/a.ts', '12'],
      ['src/b.ts', '3'],
    ]);
  });

  test('in code blocks are just code', () => {
    expect(draw('```\nsrc/a.ts\n```').querySelector('[data-path]')).toBeNull();
  });
});
