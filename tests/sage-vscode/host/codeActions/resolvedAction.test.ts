import { expect, test } from 'vitest';
import { isRunArgument, parseResolved } from '../../../../sage-vscode/src/features/codeActions/resolvedAction';

const action = { kind: 'fix', path: 'a.ts', startLine: 1, endLine: 2, text: 'x', prompt: 'Fix it' };

test('an action of the server is taken as it is', () => {
  expect(parseResolved(action)).toEqual(action);
});

test.each([null, undefined, {}, { ...action, kind: 'format' }, { ...action, startLine: '1' }])(
  '%o is an action out of date, and the message says what to do',
  (answer) => {
    expect(() => parseResolved(answer)).toThrow('Open the light bulb again');
  },
);

test('only an id with a known kind can be run', () => {
  expect(isRunArgument({ id: '1', kind: 'rewrite' })).toBe(true);
  expect([undefined, null, '1', { id: 1, kind: 'fix' }, { id: '1', kind: 'rm' }].some(isRunArgument)).toBe(false);
});
