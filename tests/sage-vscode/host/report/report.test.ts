import { expect, test } from 'vitest';
import { writeReport } from '../../../../sage-vscode/src/features/report/report';
import { reportFileName } from '../../../../sage-vscode/src/features/report/reportText';
import { within } from '../../../../sage-vscode/src/features/report/within';
import { quiet } from './facts';

const sources = {
  facts: quiet,
  person: { home: '/home/anna', user: 'anna', machine: 'dev-box' },
  findServer: () => '/opt/sage',
  run: async (executable: string, text: string) => ({ report: `${executable} was told:\n${text}` }),
};

test('the server writes the report, from what the editor tells it', async () => {
  const report = await writeReport(sources);
  expect(report).toMatch(/^\/opt\/sage was told:\nextension: {2}sage 0\.1\.0\n/);
});

test('without a server the editor writes it, with the reason and without names and keys', async () => {
  const report = await writeReport({
    ...sources,
    facts: { ...quiet, settings: ['sage.model: "sk-ant-api03-abcdefghijklmnopqrstuvwx"', '````'] },
    findServer: () => {
      throw new Error('There is no /home/anna/sage\u001b on dev-box.');
    },
  });
  expect(report).toMatch(/^# Report on Sage\n\n/);
  expect(report).toContain('Read it before you share it.');
  expect(report).toContain('```text\nThere is no ~/sage\uFFFD on [machine].\n```');
  expect(report).toContain('`````text\nextension:  sage 0.1.0\n');
  expect(report).toContain('- sage.model: "[secret]"\n- ````\n');
  expect(report).toMatch(/\n`````\n+$/);
});

test('a server that fails is named in what the editor writes', async () => {
  const report = await writeReport({ ...sources, run: async () => ({ failure: 'It ended with exit code 2.' }) });
  expect(report).toContain('```text\nIt ended with exit code 2.\n```');
  expect(report).toContain('extension:  sage 0.1.0');
});

test('a report is named by its time', () => {
  expect(reportFileName(new Date(2026, 0, 2, 3, 4, 5))).toBe('sage-report-20260102-030405.md');
});

test('what comes in time is taken, and what does not is late', async () => {
  expect(await within(10_000, Promise.resolve(1))).toBe(1);
  expect(await within(1, new Promise(() => {}))).toBe('late');
  await expect(within(10_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
});
