import { expect, test } from 'vitest';
import { lineToRemember } from '../../../../sage-vscode/src/features/memory/lineToRemember';

test.each([
  ['', '- Use tabs\n'],
  ['# Rules\n', '\n- Use tabs\n'],
  ['# Rules', '\n\n- Use tabs\n'],
  ['# Rules\n\n', '- Use tabs\n'],
  ['- One\n- Two\n', '- Use tabs\n'],
  ['- One\n  * Two', '\n- Use tabs\n'],
  ['- One\n\n', '- Use tabs\n'],
  ['\n\n', '- Use tabs\n'],
])('%j is followed by %j', (before, added) => {
  expect(lineToRemember(before, 'Use tabs')).toBe(added);
});
