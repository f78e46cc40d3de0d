// @vitest-environment jsdom
import { options, type VNode } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventEnvelope } from '../../../../sage-vscode/src/protocol/generated';
import { parsed } from '../../../../sage-vscode/webview/text/markdown';
import { useSelect } from '../../../../sage-vscode/webview/views/storeContext';
import { ReplyRow } from '../../../../sage-vscode/webview/views/transcript/reply';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

/** Renders of each component, counted where Preact announces them. */
const renders = new Map<string, number>();
const before = options.diffed ?? (() => {});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame'] });
  renders.clear();
  options.diffed = (node: VNode) => {
    if (typeof node.type === 'function') {
      renders.set(node.type.name, (renders.get(node.type.name) ?? 0) + 1);
    }
    before(node);
  };
});
afterEach(() => {
  vi.useRealTimers();
  options.diffed = before;
});

function Replies() {
  const items = useSelect((state) => state.transcript.items);
  return <>{items.map((item) => (item.kind === 'reply' ? <ReplyRow key={item.id} reply={item} /> : null))}</>;
}

const paragraph = 'Some **words** of a `model` that are worth a paragraph of their own.\n\n';

test('Twenty thousand deltas draw one reply, and parse each finished block once', async () => {
  const script = new SessionScript().created().turn().reply('old', paragraph.repeat(20), false);
  const panel = await showPanel(<Replies />);
  await panel.act({ type: 'events', events: script.events });
  const deltas = deltasOf(script.sessionId, paragraph.repeat(1_200), 20_000);
  const frames = 100;
  const perFrame = Math.ceil(deltas.length / frames);
  parsed.blocks = 0;
  parsed.characters = 0;
  renders.clear();

  for (let frame = 0; frame < frames; frame++) {
    await panel.act({ type: 'events', events: deltas.slice(frame * perFrame, (frame + 1) * perFrame) });
    await vi.advanceTimersToNextTimer();
  }
  await panel.act();

  const length = deltas.reduce((sum, { event }) => sum + (event.type === 'textDelta' ? event.text.length : 0), 0);
  expect(panel.root.querySelectorAll('[data-testid="item-reply"]')[1]?.textContent?.length).toBeGreaterThan(
    length * 0.5,
  );
  // Each frame draws the streaming reply once; the other reply and the list are left alone.
  expect(renders.get('ReplyRow')).toBeLessThanOrEqual(frames + 3);
  expect(renders.get('Replies') ?? 0).toBeLessThanOrEqual(2);
  // The same text is parsed a small number of times, however many deltas it came in.
  expect(parsed.characters).toBeLessThan(length * 3);
});

function deltasOf(sessionId: string, text: string, count: number): EventEnvelope[] {
  const size = Math.ceil(text.length / count);
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => ({
    sessionId,
    event: { type: 'textDelta', replyId: 'live', offset: i * size, text: text.slice(i * size, (i + 1) * size) },
  }));
}

test('A word that is repeated ten thousand times is not drawn at once when it comes back', async () => {
  const script = new SessionScript().created().turn().reply('old', 'again\n\n'.repeat(10_000), false);
  const first = await showPanel(<Replies />);
  await first.act({ type: 'events', events: script.events });

  const panel = await showPanel(<Replies />);
  await panel.act({ type: 'events', events: script.events });

  expect(panel.root.querySelectorAll('.markdown-block').length).toBeLessThan(500);
});
