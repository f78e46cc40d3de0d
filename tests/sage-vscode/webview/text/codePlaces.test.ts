import { expect, test } from 'vitest';
import { languageIn, placeInComment, placeInInfo, placesIn } from '../../../../sage-vscode/webview/text/codePlaces';

test.each([
  ['ts', 'ts', null],
  ['', '', null],
  ['c++ {1,3}', 'c++', null],
  ['ts src/a.ts', 'ts', 'src/a.ts'],
  ['ts:src/a.ts', 'ts', 'src/a.ts'],
  ['tsx:src/a.tsx#L3-L9', 'tsx', 'src/a.tsx'],
  ['py file=app/main.py showLineNumbers', 'py', 'app/main.py'],
  ['ts {title: "a.ts"}', 'ts', 'a.ts'],
])('The fence %s', (info, language, place) => {
  expect(languageIn(info)).toBe(language);
  expect(placeInInfo(info)).toBe(place);
});

test.each([
  ['// src/a.ts\nlet a;', 'src/a.ts'],
  ['# file: app/main.py\nimport x', 'app/main.py'],
  ['<!-- index.html -->\n<p>', 'index.html'],
  ['/* styles/main.css */', 'styles/main.css'],
  ['-- db/one.sql', 'db/one.sql'],
  ['// see the docs in src/a.ts', null],
  ['let a = 1; // src/a.ts', null],
  ['', null],
])('The first line %s', (code, place) => {
  expect(placeInComment(code)).toBe(place);
});

test('A line of text names files; the last one comes first', () => {
  expect(placesIn('I change `src/a.ts` and then **src/b.ts**:')).toEqual(['src/b.ts', 'src/a.ts']);
  expect(placesIn('In (lib/x.cs:12), console.log is gone.')).toEqual(['lib/x.cs']);
  expect(placesIn('Nothing here.')).toEqual([]);
});
