// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { useSelect } from '../../../../sage-vscode/webview/views/storeContext';
import { CompactionRow } from '../../../../sage-vscode/webview/views/transcript/compaction';
import { Tail } from '../../../../sage-vscode/webview/views/transcript/tail';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

function Rows() {
  const items = useSelect((state) => state.transcript.items);
  return (
    <>
      {items.flatMap((item) => (item.kind === 'compaction' ? [<CompactionRow key={item.id} compaction={item} />] : []))}
      <Tail />
    </>
  );
}

const running = { type: 'serverState', state: { kind: 'running' } } as const;
const started = () => new SessionScript().created().turn();

test('While it is summarised the panel says so, and then shows what the model reads instead', async () => {
  const panel = await showPanel(<Rows />);
  const script = started().stream({ type: 'compacting', reason: 'full' });
  await panel.act(running, { type: 'events', events: script.events });
  expect(panel.find('working').textContent).toContain('Summarising the conversation');
  const summary = 'They talked about **herons**.';
  script.add({ type: 'compacted', kept: 1, reason: 'full', tokensBefore: 150_000, tokensAfter: 21_300, summary });
  await panel.act({ type: 'events', events: script.events.slice(-1) });
  expect(panel.find('working').textContent).toContain('Working');
  const row = panel.find('item-compaction');
  expect(row.textContent).toBe('Conversation summarised: about 150k → 21.3k tokens');
  const toggle = row.querySelector('button');
  expect(toggle?.getAttribute('aria-expanded')).toBe('false');
  await panel.click(toggle as HTMLElement);
  expect(row.querySelector('strong')?.textContent).toBe('herons');
});

test('Without a summary there is nothing to unfold', async () => {
  const panel = await showPanel(<Rows />);
  const script = started().add({ type: 'compacted', kept: 2, reason: 'full', tokensBefore: 900, tokensAfter: 400 });
  await panel.act(running, { type: 'events', events: script.events });
  const row = panel.find('item-compaction');
  expect(row.textContent).toBe('Old results left out: about 900 → 400 tokens');
  expect(row.querySelector('button')).toBeNull();
});
