import { expect, test } from 'vitest';
import { chatHtml, type PageParts } from '../../../../sage-vscode/src/features/chat/chatHtml';

const page: PageParts = {
  source: 'https://own',
  script: 'https://own/main.js',
  style: 'https://own/main.css',
  nonce: 'N0',
  language: 'en',
  texts: undefined,
};
const html = chatHtml(page);
const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
const directives = new Map(
  policy.split('; ').map((directive) => {
    const [name = '', ...values] = directive.split(' ');
    return [name, values];
  }),
);

test('nothing is loaded unless it is named', () => {
  expect(directives.get('default-src')).toEqual(["'none'"]);
});

test('only the script with the nonce runs', () => {
  expect(directives.get('script-src')).toEqual(["'nonce-N0'"]);
  expect(html.match(/<script[^>]*>/g)).toEqual(['<script type="module" nonce="N0" src="https://own/main.js">']);
});

test('styles, fonts and pictures come from the extension, and nothing is fetched from the network', () => {
  expect(directives.get('font-src')).toEqual(['https://own']);
  expect(directives.get('style-src')).toContain('https://own');
  expect(directives.get('img-src')).toEqual(['https://own', 'data:', 'blob:']);
  expect(directives.has('connect-src')).toBe(false);
  expect(directives.has('frame-src')).toBe(false);
});

test('the page says its language and carries the texts, which cannot leave their attribute', () => {
  const texts = { Stop: 'Stoppen "&quot;></div><script>', 'a & b': "it's" };
  const german = chatHtml({ ...page, language: 'de', texts });
  expect(german).toContain('<html lang="de">');
  expect(german.match(/<script/g)).toHaveLength(html.match(/<script/g)?.length ?? 0);
  const attribute = /data-texts="([^"]*)"/.exec(german)?.[1] ?? '';
  const read = attribute.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  expect(JSON.parse(read)).toEqual(texts);
  expect(html).not.toContain('data-texts');
});
