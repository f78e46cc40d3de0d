import { describe, expect, test } from 'vitest';
import { findPaths, isMeant } from '../../../../sage-vscode/src/features/mentions/matching';

const files = ['README.md', 'src/cart/cart.ts', 'src/cart/cartView.ts', 'src/index.ts', 'tests/cart.test.ts'];
const found = (words: string, recent: readonly string[] = []) =>
  findPaths(files, recent, words).map(({ kind, path }) => `${kind} ${path}`);

describe('What words can mean among the files', () => {
  test('is found by letters of its name, its folders, or both', () => {
    expect(found('cart.ts')[0]).toBe('file src/cart/cart.ts');
    expect(found('cview')[0]).toBe('file src/cart/cartView.ts');
    expect(found('src/in')[0]).toBe('file src/index.ts');
    expect(found('xyz')).toEqual([]);
  });

  test('is a folder too, also one that has only folders', () => {
    expect(found('src')).toContain('folder src');
    expect(found('cart')).toContain('folder src/cart');
  });

  test('begins with the open files while nothing is written, and prefers them to others that are as good', () => {
    expect(found('', ['src/index.ts'])).toEqual(['file src/index.ts']);
    expect(findPaths(['a/same.ts', 'b/same.ts'], ['b/same.ts'], 'same')[0]?.path).toBe('b/same.ts');
  });

  test('names the file first and says its folder beside it', () => {
    expect(findPaths(files, [], 'cartView')[0]).toMatchObject({ label: 'cartView.ts', detail: 'src/cart' });
  });
});

test.each([
  ['prob', true],
  ['file', true],
  ['', true],
  ['rob', false],
])('“%s” begins a word of “Problems in This File”: %s', (words, meant) => {
  expect(isMeant(words, 'Problems in This File')).toBe(meant);
});
