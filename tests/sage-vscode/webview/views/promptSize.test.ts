import { expect, test } from 'vitest';
import { estimateTokens } from '../../../../sage-vscode/webview/views/composer/promptSize';

test('A prompt is about as many tokens as its words, what is attached as text, and its images', () => {
  expect(estimateTokens('', [])).toBe(0);
  expect(estimateTokens('four four', [])).toBe(3);
  expect(estimateTokens('修复这个', [])).toBe(4);
  const selection = { type: 'selection', path: 'a.ts', startLine: 1, endLine: 1, text: 'x'.repeat(400) } as const;
  expect(estimateTokens('', [selection, { type: 'file', path: 'b.ts' }])).toBe(100);
  expect(estimateTokens('', [{ type: 'image', mediaType: 'image/png', data: 'AAAA' }])).toBe(1_500);
});
