import { expect, test } from 'vitest';
import { parsePlace } from '../../../../sage-vscode/webview/text/paths';

test.each([
  ['src/a.ts', { path: 'src/a.ts' }],
  ['src/a.ts:12', { path: 'src/a.ts', line: 12 }],
  ['src/a.ts:12:5', { path: 'src/a.ts', line: 12 }],
  ['src/a.ts#L12', { path: 'src/a.ts', line: 12 }],
  ['src/a.ts#L12-L20', { path: 'src/a.ts', line: 12 }],
  ['./src/a.ts', { path: './src/a.ts' }],
  ['../b/c.cs', { path: '../b/c.cs' }],
  ['/home/me/a.py', { path: '/home/me/a.py' }],
  ['C:\\code\\a.cs:3', { path: 'C:\\code\\a.cs', line: 3 }],
  ['a.ts', { path: 'a.ts' }],
  ['package.json', { path: 'package.json' }],
  ['Dockerfile', { path: 'Dockerfile' }],
  ['src/my file.ts', { path: 'src/my file.ts' }],
])('%s is a place in a file', (text, expected) => {
  expect(parsePlace(text)).toEqual(expected);
});

test.each([
  'console.log',
  'this.state.value',
  'npm test',
  'loadAll()',
  'const a = 1;',
  'https://example.com/a.ts',
  'javascript:alert(1)',
  'file:///etc/passwd.txt',
  'and/or',
  '3.14',
  '',
  'x'.repeat(400).concat('/a.ts'),
])('%s is not', (text) => {
  expect(parsePlace(text)).toBeNull();
});
