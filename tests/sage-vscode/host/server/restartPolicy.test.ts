import { expect, test } from 'vitest';
import { RestartPolicy } from '../../../../sage-vscode/src/server/restartPolicy';

test('a crashed server is started again after a delay that doubles, five times', () => {
  const policy = new RestartPolicy(() => 0);
  expect(Array.from({ length: 6 }, () => policy.crashed())).toEqual([250, 500, 1000, 2000, 4000, null]);
});

test('crashes older than three minutes are forgotten', () => {
  let now = 0;
  const policy = new RestartPolicy(() => now);
  for (let crash = 0; crash < 5; crash++) {
    policy.crashed();
  }
  now = 3 * 60_000;
  expect(policy.crashed()).toBe(250);
});

test('a restart by the user starts the count anew', () => {
  const policy = new RestartPolicy(() => 0);
  for (let crash = 0; crash < 6; crash++) {
    policy.crashed();
  }
  policy.reset();
  expect(policy.crashed()).toBe(250);
});
