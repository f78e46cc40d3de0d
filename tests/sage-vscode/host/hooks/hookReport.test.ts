import { expect, test } from 'vitest';
import { writeHookReport } from '../../../../sage-vscode/src/features/hooks/hookReport';
import type { HookSummary, TestHookResult } from '../../../../sage-vscode/src/protocol/generated';

const hook: HookSummary = {
  id: '1',
  on: 'preToolUse',
  command: 'sh guard.sh',
  place: '.sage/settings.json',
  state: 'active',
  timeoutSeconds: 60,
  walled: true,
  matcher: 'Bash',
};

const result: TestHookResult = {
  input: '{"tool_name":"run_command"}',
  output: '',
  errors: 'No.\n',
  answer: 'It would be denied. Reason: No.',
  ms: 12,
  exitCode: 2,
};

test('a hook that was tried is reported with what it was given, what it said, and what Sage makes of it', () => {
  const report = writeHookReport(hook, result);
  expect(report).toContain('# preToolUse for Bash: sh guard.sh');
  expect(report).toContain('From .sage/settings.json, behind walls. It took 12 ms and ended with exit code 2.');
  expect(report).toContain('**It would be denied. Reason: No.**');
  expect(report).toContain('{\n  "tool_name": "run_command"\n}');
  expect(report).toContain('## What it said on its error stream\n\n```\nNo.\n```');
  expect(report).not.toContain('## What it said\n');
});

test('what a hook says cannot end its fence, and one that was ended has no exit code', () => {
  const { exitCode: _, ...ended } = result;
  const report = writeHookReport(hook, { ...ended, output: '```\n# Forged' });
  expect(report).toContain('````\n```\n# Forged\n````');
  expect(report).toContain('did not end by itself');
});
