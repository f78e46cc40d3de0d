import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { extensionRoot, readJson } from '../host/sourceFiles';
import { textsOf } from './texts';

type Texts = Readonly<Record<string, string>>;

const sources = [textsOf('src'), textsOf('webview')];
const english = { bundle: readJson<Texts>('l10n', 'bundle.l10n.json'), manifest: readJson<Texts>('package.nls.json') };
const languages = namesIn('l10n', /^bundle\.l10n\.(.+)\.json$/);

function namesIn(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(path.join(extensionRoot, folder)).flatMap((name) => pattern.exec(name)?.[1] ?? []);
}

/** What a translation has to keep, whatever its words are. */
function fixedParts(text: string): readonly string[] {
  const parts = [/\{\d\}/g, /\(command:[\w.]+\)/g, /`[^`]*`/g, /https?:\/\/\w[\w.:/-]*/g];
  return parts.flatMap((part) => [...text.matchAll(part)].map(([found]) => found)).sort();
}

test('every text of the host and of the panel can be translated: the bundle holds it, and nothing else', () => {
  expect(sources.flatMap(({ unclear }) => unclear)).toEqual([]);
  const keys = new Set(sources.flatMap((source) => source.keys));
  expect([...keys].sort()).toEqual(Object.keys(english.bundle).sort());
});

test('English says what its keys say', () => {
  expect(Object.entries(english.bundle).filter(([key, text]) => key !== text)).toEqual([]);
});

test('a language is spoken everywhere, in the package too', () => {
  expect(languages).toEqual(['de', 'zh-cn']);
  expect(namesIn('.', /^package\.nls\.(.+)\.json$/)).toEqual(languages);
  // The editor finds them by these names.
  const pages = namesIn('media/walkthrough', /^(\w+)\.md$/);
  const translated = pages.flatMap((page) => languages.map((language) => `${page}.nls.${language}`));
  expect(namesIn('media/walkthrough', /^(.+\.nls\..+)\.md$/).toSorted()).toEqual(translated.toSorted());
  const packaged = readFileSync(path.join(extensionRoot, '.vscodeignore'), 'utf8').split('\n');
  expect(packaged).toEqual(expect.arrayContaining(['!l10n/*.json', '!package.nls*.json']));
});

test('the titles that the server gives its code actions are known here', () => {
  const menu = path.join(extensionRoot, '../server/Sage.Server/Handlers/CodeActions/CodeActionMenu.cs');
  const titles = [...readFileSync(menu, 'utf8').matchAll(/SageActionKind\.\w+, \w+, "([^"]+)"/g)].map(
    ([, title]) => title,
  );
  expect(titles.length).toBeGreaterThanOrEqual(6);
  expect(titles.filter((title) => !(`${title}` in english.bundle))).toEqual([]);
});

describe.each(languages)('In %s', (language) => {
  test.each([
    ['bundle', ['l10n', `bundle.l10n.${language}.json`]],
    ['manifest', [`package.nls.${language}.json`]],
  ] as const)('the texts of the %s are complete, and nothing is lost in them', (kind, file) => {
    const theirs = readJson<Texts>(...file);
    const ours = english[kind];
    expect(Object.keys(theirs).sort()).toEqual(Object.keys(ours).sort());
    const changed = Object.entries(ours).filter(([key, text]) => {
      const translated = theirs[key] ?? '';
      return translated.trim() === '' || fixedParts(text).join() !== fixedParts(translated).join();
    });
    expect(changed.map(([key]) => `${key} → ${theirs[key]}`)).toEqual([]);
  });

  test('no sentence was left in English', () => {
    const theirs = {
      bundle: readJson<Texts>('l10n', `bundle.l10n.${language}.json`),
      manifest: readJson<Texts>(`package.nls.${language}.json`),
    };
    const left = (['bundle', 'manifest'] as const).flatMap((kind) =>
      Object.entries(english[kind]).filter(
        ([key, text]) => /\p{L}+ \p{L}+ \p{L}/u.test(text) && theirs[kind][key] === text,
      ),
    );
    expect(left).toEqual([]);
  });
});
