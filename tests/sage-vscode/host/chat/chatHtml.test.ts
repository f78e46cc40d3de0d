import { expect, test } from 'vitest';
import { chatHtml } from '../../../../sage-vscode/src/features/chat/chatHtml';

const html = chatHtml({
  source: 'https://own',
  script: 'https://own/main.js',
  style: 'https://own/main.css',
  nonce: 'N0',
  language: 'en',
  texts: undefined,
});
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
