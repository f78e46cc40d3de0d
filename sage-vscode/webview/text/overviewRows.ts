import type { Overview } from '../../src/protocol/bridge';
import type { ContextPart, CostLine, DescribeContextResult, DescribeCostResult } from '../../src/protocol/generated';
import { formatCost, formatTokens, plural } from './format';

/** One line of a card. */
export interface OverviewRow {
  readonly label: string;
  readonly value?: string;
  readonly detail?: string;
  /** From 0 to 1, as a bar. */
  readonly share?: number;
  readonly verdict?: 'ok' | 'warn' | 'fail';
}

/** A card as it is shown. */
export interface OverviewCard {
  readonly title: string;
  readonly words: string;
  readonly rows: readonly OverviewRow[];
}

/** Puts what the server has said into words. */
export function cardOf(overview: Overview): OverviewCard {
  switch (overview.kind) {
    case 'context':
      return contextCard(overview.context);
    case 'cost':
      return costCard(overview.cost);
    default: {
      const { findings } = overview.doctor;
      const bad = findings.filter(({ verdict }) => verdict !== 'ok').length;
      return {
        title: 'Doctor',
        words: bad === 0 ? 'Everything that Sage needs is there.' : `${plural(bad, 'thing')} to look at.`,
        rows: findings.map(({ verdict, subject, text }) => ({ label: subject, detail: text, verdict })),
      };
    }
  }
}

const partNames: Readonly<Record<ContextPart['kind'], string>> = {
  instructions: 'Sage’s instructions',
  rules: 'Rules',
  tools: 'Tools',
  serverTools: 'Tools of MCP servers',
  summary: 'Summary of what was said before',
  prompts: 'Your prompts and what you attached',
  replies: 'Replies and calls',
  toolResults: 'Results of tools',
  news: 'What Sage told the model',
};

function contextCard({ model, parts, window, compactsAt, isMeasured }: DescribeContextResult): OverviewCard {
  const used = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  const all = window ?? used;
  const rows = parts.map(({ kind, name, tokens }) => ({
    label: name ?? partNames[kind],
    value: `${formatTokens(tokens)} · ${percent(tokens, all)}`,
    share: ratio(tokens, all),
  }));
  const free = { label: 'Free', value: `${formatTokens(Math.max(0, all - used))} · ${percent(all - used, all)}` };
  return {
    title: 'Context',
    words: [
      window === undefined
        ? `The next request takes about ${formatTokens(used)} tokens; how many ${model} can read is not known.`
        : `The next request takes about ${formatTokens(used)} of the ${formatTokens(window)} tokens that ${model} can read.`,
      ...(compactsAt === undefined ? [] : [`From ${formatTokens(compactsAt)} on it is made shorter by itself.`]),
      isMeasured
        ? 'Measured with the last request.'
        : 'Estimated: nothing has been sent yet since the session was opened.',
    ].join(' '),
    rows: window === undefined ? rows : [...rows, free],
  };
}

const purposes: Readonly<Record<CostLine['purpose'], string>> = {
  replies: 'Replies',
  subagents: 'Sub-agents',
  summaries: 'Summaries',
  titles: 'The name of the session',
  tools: 'Questions about web pages',
};

function costCard({ lines }: DescribeCostResult): OverviewCard {
  const costs = lines.map(({ usage }) => usage.cost);
  const known = costs.filter((cost) => cost !== undefined);
  const total = known.reduce((sum, cost) => sum + cost, 0);
  const requests = lines.reduce((sum, line) => sum + line.requests, 0);
  return {
    title: 'Cost',
    words:
      lines.length === 0
        ? 'Nothing has been sent in this session yet.'
        : [
            `${plural(requests, 'request')}, ${known.length === 0 ? 'at prices that are not known' : formatCost(total)}.`,
            ...(known.length > 0 && known.length < costs.length ? ['Not all prices are known.'] : []),
          ].join(' '),
    rows: lines.map(({ purpose, model, requests: count, usage }) => ({
      label: model === undefined ? purposes[purpose] : `${purposes[purpose]} · ${model}`,
      value: usage.cost === undefined ? 'price not known' : formatCost(usage.cost),
      detail: [
        plural(count, 'request'),
        `${formatTokens(usage.inputTokens)} in${cached(usage)}`,
        `${formatTokens(usage.outputTokens)} out`,
        ...(usage.estimated === true ? ['estimated'] : []),
      ].join(', '),
    })),
  };
}

function cached({ inputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 }: CostLine['usage']): string {
  const read = cachedInputTokens > 0 ? [`${percent(cachedInputTokens, inputTokens)} from the cache`] : [];
  const written = cacheWriteTokens > 0 ? [`${formatTokens(cacheWriteTokens)} written to it`] : [];
  const words = [...read, ...written];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

function percent(part: number, all: number): string {
  const share = ratio(part, all) * 100;
  return share > 0 && share < 1 ? '< 1 %' : `${Math.round(share)} %`;
}

function ratio(part: number, all: number): number {
  return all <= 0 ? 0 : Math.min(1, Math.max(0, part / all));
}
