import { expect, test } from 'vitest';
import { agentTemplate, problemOfName } from '../../../../sage-vscode/src/features/subagents/agentFile';

test('A name is one that the server takes, and not taken', () => {
  const taken = new Set(['explore', 'general', 'reviewer']);
  expect(['', 'a b', '-x', 'explore', 'code-reviewer', 'Prüfer_2'].map((name) => problemOfName(name, taken))).toEqual([
    'empty',
    'letters',
    'letters',
    'taken',
    null,
    null,
  ]);
});

test('A new file has what the server asks for: a name, a description, and words', () => {
  const [, header = '', body = ''] = agentTemplate('reviewer').split(/^---$/m);
  expect(header).toMatch(/^name: reviewer$/m);
  expect(header).toMatch(/^description: \S/m);
  // Every other line of the header is an entry or a comment.
  expect(
    header
      .trim()
      .split('\n')
      .every((line) => /^(#|[a-z_]+: )/.test(line)),
  ).toBe(true);
  expect(body.trim()).not.toBe('');
});
