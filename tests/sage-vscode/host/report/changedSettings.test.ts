import { expect, test } from 'vitest';
import { changedSettings } from '../../../../sage-vscode/src/features/report/changedSettings';

const lines = (settings: Record<string, unknown>) =>
  changedSettings({ 'sage.model': { default: '' }, 'sage.baseUrl': { default: '' }, ...settings }, (name) =>
    name in settings ? settings[name] : '',
  );
const baseUrl = (value: string) => lines({ 'sage.baseUrl': value });

test('only what differs from its default is listed', () => {
  const declared = { 'sage.on': { default: true }, 'sage.model': { default: '' }, 'sage.unset': {} };
  const values: Record<string, unknown> = { 'sage.on': true, 'sage.model': 'm "1"' };
  expect(changedSettings(declared, (name) => values[name])).toEqual(['sage.model: "m \\"1\\""']);
});

test('an address loses who logs in there, and what is asked', () => {
  expect(baseUrl('https://me:pass@example.org:8080/v1?key=abc#part')).toEqual([
    'sage.baseUrl: "https://example.org:8080/v1"',
  ]);
  expect(lines({ 'sage.model': 'at https://me@example.org/?key=abc now' })).toEqual([
    'sage.model: "at https://example.org/ now"',
  ]);
});

test.each(['me:pass@example.org/v1', 'http://me:pass@', 'sk-something'])(
  'what is no address is not shown: %s',
  (text) => {
    expect(baseUrl(text)).toEqual(['sage.baseUrl: "[no address]"']);
  },
);

test('a setting that is named like a secret is one', () => {
  expect(lines({ 'sage.apiKey': 'abc' })).toEqual(['sage.apiKey: [secret]']);
});
