// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { TurnEnded } from '../../../../sage-vscode/src/protocol/generated';
import { useSelect } from '../../../../sage-vscode/webview/views/storeContext';
import { Tail } from '../../../../sage-vscode/webview/views/transcript/tail';
import { TurnEndRow } from '../../../../sage-vscode/webview/views/transcript/turnEnd';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

function End() {
  const last = useSelect((state) => state.transcript.items.at(-1));
  return (
    <>
      {last?.kind === 'turnEnd' && <TurnEndRow end={last} />}
      <Tail />
    </>
  );
}

async function endWith(end: Partial<TurnEnded>) {
  const script = new SessionScript().created().turn();
  script.add({
    type: 'turnEnded',
    turnId: 'turn-1',
    outcome: 'failed',
    usage: { inputTokens: 0, outputTokens: 0 },
    ...end,
  });
  const panel = await showPanel(<End />);
  await panel.act({ type: 'serverState', state: { kind: 'running' } }, { type: 'events', events: script.events });
  return panel;
}

describe('The end of a turn', () => {
  test('that failed offers to send the same prompt again', async () => {
    const panel = await endWith({ error: { code: 'overloaded', message: 'Try later.', retryable: true } });
    expect(panel.find('item-error').textContent).toContain('Try later.');
    await panel.click(panel.find('error-retry'));
    expect(panel.sent).toEqual([{ type: 'send', input: [{ type: 'text', text: 'Do it' }], mode: 'ask' }]);
  });

  test('for want of a key leads to the key of the chosen provider', async () => {
    const panel = await endWith({ error: { code: 'authentication', message: 'Bad key.', retryable: false } });
    const models = [{ id: 'acme/one', provider: 'acme', name: 'One', ready: true }];
    await panel.act({ type: 'models', models: { models, selected: 'acme/one' } });
    await panel.click(panel.find('item-error').querySelector('.button') as HTMLElement);
    expect(panel.sent).toEqual([{ type: 'setApiKey', provider: 'acme' }]);
  });

  test('by the user proves what was stopped', async () => {
    const stopped = [{ what: 'run_command: sleep 300', how: 'ended by SIGTERM', ms: 34 }];
    const panel = await endWith({ outcome: 'interrupted', stopped });
    expect(panel.find('item-turn-end').textContent).toContain('run_command: sleep 300ended by SIGTERM · 34 ms');
    expect(panel.has('item-error')).toBe(false);
  });

  test('tells its tokens', async () => {
    const panel = await endWith({ outcome: 'completed', usage: { inputTokens: 12_345, outputTokens: 678 } });
    expect(panel.find('item-turn-end').textContent).toContain('12.3k');
  });
});

describe('A prompt that became no turn', () => {
  test('is shown with the reason and can be sent again', async () => {
    const panel = await showPanel(<End />);
    await panel.act(
      { type: 'serverState', state: { kind: 'running' } },
      { type: 'promptSent', input: [{ type: 'text', text: 'Hello' }] },
      { type: 'turnRejected', sessionId: '', message: 'No folder is open.' },
    );
    expect(panel.find('item-user').textContent).toContain('Hello');
    expect(panel.find('item-error').textContent).toContain('No folder is open.');
    await panel.click(panel.find('error-retry'));
    expect(panel.sent).toEqual([{ type: 'send', input: [{ type: 'text', text: 'Hello' }], mode: 'ask' }]);
    expect(panel.has('item-error')).toBe(false);
  });
});
