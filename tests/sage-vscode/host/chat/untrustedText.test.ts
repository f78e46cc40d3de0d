import { expect, test } from 'vitest';
import { isWebLink, typableText } from '../../../../sage-vscode/src/features/chat/untrustedText';

test('only web links are opened', () => {
  expect(['https://a.b', 'http://127.0.0.1:8080/x'].map(isWebLink)).toEqual([true, true]);
  const others = ['command:sage.stop', 'file:///etc/passwd', 'vscode://x', 'javascript:alert(1)', '//a.b', 'a.md', ''];
  expect(others.filter(isWebLink)).toEqual([]);
});

test('text typed into a terminal cannot run itself or hide what it is', () => {
  expect(typableText('npm test\r\n')).toBe('npm test');
  expect(typableText('ls\rrm -rf x\n')).toBe('ls\nrm -rf x');
  expect(typableText('echo \u001b[201~\u0003hi\u009b')).toBe('echo [201~hi');
  expect(typableText('naïve – ✓\ttab')).toBe('naïve – ✓\ttab');
});
