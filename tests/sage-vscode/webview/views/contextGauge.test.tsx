// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { ListModelsResult } from '../../../../sage-vscode/src/protocol/generated';
import { ContextGauge } from '../../../../sage-vscode/webview/views/composer/contextGauge';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

const models: ListModelsResult = {
  selected: 'acme/large',
  models: [{ id: 'acme/large', provider: 'acme', name: 'Large', ready: true, contextWindow: 200_000 }],
};

async function panelAfter(inputTokens: number) {
  const script = new SessionScript().created().turn().reply('reply-1', 'Done');
  script.add({ type: 'usage', replyId: 'reply-1', usage: { inputTokens, outputTokens: 10_000 } });
  const panel = await showPanel(<ContextGauge />);
  await panel.act(
    { type: 'models', models },
    { type: 'sessionOpened', sessionId: script.sessionId, events: script.events, running: false },
  );
  return panel;
}

test('The ring says how much of the context the last request took, and shows what of', async () => {
  const panel = await panelAfter(90_000);
  const gauge = panel.find('context-gauge');
  expect(gauge.dataset.share).toBe('50');
  expect(gauge.getAttribute('aria-label')).toContain('50 % of 200');
  await panel.click(gauge);
  expect(panel.sent.at(-1)).toEqual({ type: 'show', what: 'context' });
});

test('It warns before the conversation is made shorter', async () => {
  const panel = await panelAfter(170_000);
  expect(panel.root.querySelector('.nearly-full')).not.toBeNull();
});

test('A long prompt says about how long it is before it is sent; a short one does not', async () => {
  const panel = await showPanel(<ContextGauge />);
  expect(panel.has('context-gauge')).toBe(false);
  const text = 'x'.repeat(8_000);
  await panel.act({ type: 'attach', part: { type: 'excerpt', source: 'changes', title: 'Changes', text } });
  expect(panel.find('context-gauge').textContent).toMatch(/^~2/);
});
