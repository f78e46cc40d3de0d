// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { Overview } from '../../../../sage-vscode/src/protocol/bridge';
import { cardOf } from '../../../../sage-vscode/webview/text/overviewRows';
import { OverviewCard } from '../../../../sage-vscode/webview/views/overview/overviewCard';
import { showPanel } from '../fakes/panel';

const context: Overview = {
  kind: 'context',
  context: {
    model: 'p/large',
    parts: [
      { kind: 'instructions', tokens: 1_000 },
      { kind: 'rules', tokens: 500, name: 'Rules from AGENTS.md' },
      { kind: 'toolResults', tokens: 8_500 },
    ],
    isMeasured: true,
    window: 100_000,
    compactsAt: 80_000,
  },
};

test('Each part of the context has its size and its share, and what is left stands below', () => {
  const { words, rows } = cardOf(context);
  expect(words).toContain('about 10k of the 100k tokens that p/large can read. From 80k on');
  expect(rows.map(({ label, value }) => [label, value])).toEqual([
    ['Sage’s instructions', '1k · 1 %'],
    ['Rules from AGENTS.md', '500 · < 1 %'],
    ['Results of tools', '8.5k · 9 %'],
    ['Free', '90k · 90 %'],
  ]);
});

test('Without a known window the parts are compared with each other', () => {
  const { context: known } = context as Extract<Overview, { kind: 'context' }>;
  const { window: _, compactsAt: __, ...rest } = known;
  const { words, rows } = cardOf({ kind: 'context', context: rest });
  expect(words).toContain('how many p/large can read is not known');
  expect(rows.at(-1)?.value).toBe('8.5k · 85 %');
});

test('The cost is told for each purpose and model, with what came from the cache', () => {
  const usage = {
    inputTokens: 10_000,
    outputTokens: 400,
    cachedInputTokens: 9_000,
    reasoningTokens: 0,
    cacheWriteTokens: 0,
  };
  const { words, rows } = cardOf({
    kind: 'cost',
    cost: {
      lines: [
        { purpose: 'replies', model: 'p/large', requests: 3, usage: { ...usage, cost: 0.12 } },
        { purpose: 'subagents', model: 'p/large', requests: 1, usage: { ...usage, cost: 0.03 } },
        { purpose: 'summaries', requests: 1, usage },
      ],
    },
  });
  expect(words).toBe('5 requests, $0.15. Not all prices are known.');
  expect(rows.map(({ label, value, detail }) => [label, value, detail])).toEqual([
    ['Replies · p/large', '$0.12', '3 requests, 10k in (90 % from the cache), 400 out'],
    ['Sub-agents · p/large', '$0.03', '1 request, 10k in (90 % from the cache), 400 out'],
    ['Summaries', 'price not known', '1 request, 10k in (90 % from the cache), 400 out'],
  ]);
});

test('A card stays until it is closed or a prompt is sent', async () => {
  const panel = await showPanel(<OverviewCard />);
  expect(panel.has('overview')).toBe(false);
  const doctor: Overview = {
    kind: 'doctor',
    doctor: { findings: [{ verdict: 'fail', subject: 'model', text: 'No model is connected.' }] },
  };
  await panel.act({ type: 'overview', overview: doctor });
  expect(panel.find('overview').textContent).toContain('1 thing to look at.');
  expect(panel.find('overview-row').textContent).toContain('No model is connected.');
  await panel.click(panel.find('overview').querySelector('button') as HTMLElement);
  expect(panel.has('overview')).toBe(false);
  await panel.act({ type: 'overview', overview: context });
  await panel.act({ type: 'promptSent', input: [{ type: 'text', text: 'hi' }] });
  expect(panel.has('overview')).toBe(false);
});
