import path from 'node:path';
import { expect, test } from 'vitest';
import { sourceFiles } from './sourceFiles';

const files = sourceFiles().filter((file) => file.path !== 'protocol/generated.ts');
const featureOf = (file: string) => /^features\/(\w+)/.exec(file)?.[1];
const lines = (text: string) => text.trimEnd().split('\n').length;

test('a feature never imports another', () => {
  const wrong = files.flatMap((file) =>
    file.imports
      .filter((target) => featureOf(file.path) && featureOf(target) && featureOf(target) !== featureOf(file.path))
      .map((target) => `${file.path} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('infrastructure and server know no feature, and the protocol knows nobody', () => {
  const wrong = files.filter(
    ({ path: name, imports }) =>
      (/^(infrastructure|server)\//.test(name) && imports.some((target) => featureOf(target))) ||
      (name.startsWith('protocol/') && imports.some((target) => !target.startsWith('protocol/'))),
  );
  expect(wrong.map((file) => file.path)).toEqual([]);
});

test('one file knows the language client library', () => {
  const knowing = files.filter(({ imports }) => imports.some((target) => target.startsWith('vscode-languageclient')));
  expect(knowing.map((file) => file.path)).toEqual(['server/languageConnection.ts']);
});

test('files stay below 400 lines, folders below 16 files, and activation below 80 lines', () => {
  expect(files.filter(({ text }) => lines(text) > 400).map((file) => file.path)).toEqual([]);
  const folders = new Map<string, unknown[]>();
  for (const file of files) {
    const folder = path.dirname(file.path);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  expect([...folders].filter(([, inside]) => inside.length > 15).map(([folder]) => folder)).toEqual([]);
  const extension = files.find((file) => file.path === 'extension.ts');
  // Without the imports: there is one for each feature.
  const activation = extension?.text.slice(extension.text.indexOf('export function activate')) ?? '\n'.repeat(80);
  expect(lines(activation)).toBeLessThanOrEqual(80);
});
