// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { HookRan, SessionEvent } from '../../../../sage-vscode/src/protocol/generated';
import { emptyTranscript } from '../../../../sage-vscode/webview/state/chatState';
import { foldEvents } from '../../../../sage-vscode/webview/state/fold';
import { makeRowBuilder } from '../../../../sage-vscode/webview/state/rows';
import { useSelect } from '../../../../sage-vscode/webview/views/storeContext';
import { HookLine } from '../../../../sage-vscode/webview/views/tools/hookLine';
import { ToolRow } from '../../../../sage-vscode/webview/views/tools/toolRow';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

const ran = (more: Partial<HookRan>): Extract<SessionEvent, { type: 'hookRan' }> => ({
  type: 'hookRan',
  on: 'preToolUse',
  hook: 'guard.sh',
  place: '.sage/settings.json',
  effect: 'denied',
  ...more,
});

function Items() {
  const items = useSelect((state) => state.transcript.items);
  return (
    <>
      {items.map((item) =>
        item.kind === 'tool' ? (
          <ToolRow key={item.id} tool={item} />
        ) : item.kind === 'hook' ? (
          <HookLine key={item.id} id={item.id} ran={item.ran} />
        ) : null,
      )}
    </>
  );
}

const show = async (script: SessionScript) => {
  const panel = await showPanel(<Items />);
  await panel.act({ type: 'serverState', state: { kind: 'running' } }, { type: 'events', events: script.events });
  return panel;
};
const lines = (root: ParentNode) => [...root.querySelectorAll('[data-testid="hook-line"]')];

describe('What a hook did', () => {
  test('stands on the card of its call, with whose it is and why', async () => {
    const script = new SessionScript()
      .created()
      .turn()
      .call('a', 'run_command', { command: 'git push' })
      .add(ran({ callId: 'a', text: 'No pushing.' }))
      .result('a', 'denied', 'Not allowed.');
    const { root } = await show(script);
    const card = root.querySelector('[data-testid="item-tool"]');
    expect(lines(card as HTMLElement).map((line) => line.textContent)).toEqual([
      'Denied by the hook guard.sh (.sage/settings.json): No pushing.',
    ]);
    expect(lines(root)).toHaveLength(1);
  });

  test('stands in the transcript when it belongs to no call, and what the model reads unfolds', async () => {
    const script = new SessionScript()
      .created()
      .turn()
      .add(ran({ on: 'userPromptSubmit', effect: 'added', text: 'The branch is main.' }));
    const panel = await show(script);
    const { root } = panel;
    const [line] = lines(root);
    expect(line?.textContent).toBe('The model also reads what the hook guard.sh (.sage/settings.json) says');
    expect(line?.querySelector('pre')).toBeNull();
    line?.querySelector('button')?.click();
    await panel.act();
    expect(root.querySelector('[data-testid="hook-line"] pre')?.textContent).toBe('The branch is main.');
  });

  test('shows what hides in its words', async () => {
    const { root } = await show(
      new SessionScript()
        .created()
        .turn()
        .add(ran({ text: 'a\u202eb' })),
    );
    expect(root.textContent).toContain('a\u27e8U+202E\u27e9b');
  });

  test('keeps a quiet call from being folded away', () => {
    const script = new SessionScript().created().turn().call('a').call('b');
    script
      .add(ran({ callId: 'a', effect: 'failed', text: 'It ended with exit code 127.' }))
      .result('a')
      .result('b');
    const rows = makeRowBuilder()(foldEvents(emptyTranscript, script.events).items);
    expect(rows.map((row) => row.kind)).toEqual(['item', 'item', 'tool', 'tool', 'tail']);
  });

  test('inside a sub-agent is a line of its own', () => {
    const script = new SessionScript().created().turn().call('a', 'run_subagent', { kind: 'general', task: 'do' });
    script.add({ type: 'subagent', callId: 'a', event: ran({ callId: 'x', text: 'No.' }) });
    const [tool] = foldEvents(emptyTranscript, script.events).items.filter((item) => item.kind === 'tool');
    expect(tool?.inside?.lines.map((line) => line.text)).toEqual([
      'Denied by the hook guard.sh (.sage/settings.json): No.',
    ]);
  });
});
