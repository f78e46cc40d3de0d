import type { Overview } from '../../src/protocol/bridge';
import type { ContextPart, CostLine, DescribeContextResult, DescribeCostResult } from '../../src/protocol/generated';
import { plural, t } from '../l10n';
import { formatCost, formatTokens } from './format';

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
        title: t('Doctor'),
        words:
          bad === 0
            ? t('Everything that Sage needs is there.')
            : plural(bad, '1 thing to look at.', '{0} things to look at.'),
        rows: findings.map(({ verdict, subject, text }) => ({ label: subject, detail: text, verdict })),
      };
    }
  }
}

const partNames = (): Readonly<Record<ContextPart['kind'], string>> => ({
  instructions: t('Sage’s instructions'),
  rules: t('Rules'),
  tools: t('Tools'),
  serverTools: t('Tools of MCP servers'),
  summary: t('Summary of what was said before'),
  prompts: t('Your prompts and what you attached'),
  replies: t('Replies and calls'),
  toolResults: t('Results of tools'),
  news: t('What Sage told the model'),
});

function contextCard({ model, parts, window, compactsAt, isMeasured }: DescribeContextResult): OverviewCard {
  const used = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  const all = window ?? used;
  const rows = parts.map(({ kind, name, tokens }) => ({
    label: name ?? partNames()[kind],
    value: `${formatTokens(tokens)} · ${percent(tokens, all)}`,
    share: ratio(tokens, all),
  }));
  const free = { label: t('Free'), value: `${formatTokens(Math.max(0, all - used))} · ${percent(all - used, all)}` };
  return {
    title: t('Context'),
    words: [
      window === undefined
        ? t('The next request takes about {0} tokens; how many {1} can read is not known.', formatTokens(used), model)
        : t(
            'The next request takes about {0} of the {1} tokens that {2} can read.',
            formatTokens(used),
            formatTokens(window),
            model,
          ),
      ...(compactsAt === undefined ? [] : [t('From {0} on it is made shorter by itself.', formatTokens(compactsAt))]),
      isMeasured
        ? t('Measured with the last request.')
        : t('Estimated: nothing has been sent yet since the session was opened.'),
    ].join(' '),
    rows: window === undefined ? rows : [...rows, free],
  };
}

const purposes = (): Readonly<Record<CostLine['purpose'], string>> => ({
  replies: t('Replies'),
  subagents: t('Sub-agents'),
  summaries: t('Summaries'),
  titles: t('The name of the session'),
  tools: t('Questions about web pages'),
});

function costCard({ lines }: DescribeCostResult): OverviewCard {
  const costs = lines.map(({ usage }) => usage.cost);
  const known = costs.filter((cost) => cost !== undefined);
  const total = known.reduce((sum, cost) => sum + cost, 0);
  const requests = lines.reduce((sum, line) => sum + line.requests, 0);
  return {
    title: t('Cost'),
    words:
      lines.length === 0
        ? t('Nothing has been sent in this session yet.')
        : [
            known.length === 0
              ? plural(
                  requests,
                  '1 request, at prices that are not known.',
                  '{0} requests, at prices that are not known.',
                )
              : plural(requests, '1 request, {1}.', '{0} requests, {1}.', formatCost(total)),
            ...(known.length > 0 && known.length < costs.length ? [t('Not all prices are known.')] : []),
          ].join(' '),
    rows: lines.map(({ purpose, model, requests: count, usage }) => ({
      label: model === undefined ? purposes()[purpose] : `${purposes()[purpose]} · ${model}`,
      value: usage.cost === undefined ? t('price not known') : formatCost(usage.cost),
      detail: [
        plural(count, '1 request', '{0} requests'),
        `${t('{0} in', formatTokens(usage.inputTokens))}${cached(usage)}`,
        t('{0} out', formatTokens(usage.outputTokens)),
        ...(usage.estimated === true ? [t('estimated')] : []),
      ].join(t(', ')),
    })),
  };
}

function cached({ inputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 }: CostLine['usage']): string {
  const read = cachedInputTokens > 0 ? [t('{0} from the cache', percent(cachedInputTokens, inputTokens))] : [];
  const written = cacheWriteTokens > 0 ? [t('{0} written to it', formatTokens(cacheWriteTokens))] : [];
  const words = [...read, ...written];
  return words.length === 0 ? '' : ` (${words.join(t(', '))})`;
}

function percent(part: number, all: number): string {
  const share = ratio(part, all) * 100;
  return share > 0 && share < 1 ? t('< 1 %') : t('{0} %', Math.round(share));
}

function ratio(part: number, all: number): number {
  return all <= 0 ? 0 : Math.min(1, Math.max(0, part / all));
}
