import { expect, test } from 'vitest';
import { onceAtATime } from '../../../../sage-vscode/src/infrastructure/onceAtATime';

test('a second call is not made while the first goes on, and again after it', async () => {
  const asked: string[] = [];
  let answer: (text: string) => void = () => {};
  const ask = onceAtATime((question: string) => {
    asked.push(question);
    return new Promise<string>((resolve) => {
      answer = resolve;
    });
  });
  const first = ask('first');
  expect(await ask('second')).toBeUndefined();
  answer('yes');
  expect(await first).toBe('yes');
  void ask('third');
  expect(asked).toEqual(['first', 'third']);
});

test('a call that failed does not bar the next', async () => {
  const fail = onceAtATime(() => Promise.reject(new Error('no')));
  await expect(fail()).rejects.toThrow('no');
  await expect(fail()).rejects.toThrow('no');
});
