// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { WaitingList } from '../../../../sage-vscode/webview/views/composer/waitingList';
import { SessionScript } from '../fakes/events';
import { type Panel, showPanel } from '../fakes/panel';

const words = (text: string) => [{ type: 'text', text }] as const;

function waiting(): SessionScript {
  return new SessionScript()
    .created()
    .turn()
    .add({ type: 'steer', id: 'a', state: 'accepted', kind: 'steer', input: words('use tabs') })
    .add({ type: 'steer', id: 'b', state: 'accepted', kind: 'queue', input: words('then test') });
}

async function panelWith(script: SessionScript): Promise<Panel> {
  const panel = await showPanel(<WaitingList />);
  await panel.act({ type: 'events', events: script.events });
  return panel;
}

const rows = (panel: Panel) =>
  [...panel.root.querySelectorAll('[data-testid="waiting-prompt"]')].map((row) => [
    row.getAttribute('data-kind'),
    row.querySelector('.waiting-words')?.textContent,
  ]);

const button = (panel: Panel, label: string, index = 0) => {
  const found = panel.root.querySelectorAll<HTMLElement>(`[aria-label="${label}"]`)[index];
  if (found === undefined) {
    throw new Error(`No button ${label}`);
  }
  return found;
};

describe('What waits', () => {
  test('stands there until it is delivered, and the turn it starts takes it away', async () => {
    const panel = await panelWith(waiting());
    expect(rows(panel)).toEqual([
      ['steer', 'use tabs'],
      ['queue', 'then test'],
    ]);
    const script = waiting()
      .add({ type: 'steer', id: 'a', state: 'delivered', kind: 'steer', input: words('use tabs') })
      .end();
    await panel.act({ type: 'events', events: script.events });
    expect(rows(panel)).toEqual([['queue', 'then test']]);
    script.add({ type: 'turnStarted', turnId: 'turn-2', prompt: 'then test', mode: 'ask', model: 'm', queuedId: 'b' });
    await panel.act({ type: 'events', events: script.events });
    expect(panel.has('waiting-list')).toBe(false);
  });

  test('shows what waits for its turn to begin, to be taken back too', async () => {
    const panel = await showPanel(<WaitingList />);
    await panel.act({ type: 'saidAhead', prompt: { id: 'a', kind: 'steer', input: words('use tabs') } });
    expect(panel.root.querySelector('[data-testid="waiting-ahead"]')?.textContent).toBe('Steeruse tabs');
    await panel.click(button(panel, 'Remove'));
    expect(panel.has('waiting-list')).toBe(false);
    expect(panel.sent).toEqual([]);
  });

  test('is moved, steered with and taken back', async () => {
    const panel = await panelWith(waiting());
    await panel.click(button(panel, 'Move down'));
    await panel.click(button(panel, 'Steer with it now'));
    await panel.click(button(panel, 'Remove', 1));
    expect(panel.sent).toMatchObject([
      { type: 'reorderQueued', ids: ['b', 'a'] },
      { type: 'say', id: 'b', kind: 'steer', input: words('then test') },
      { type: 'removeQueued', id: 'b' },
    ]);
  });

  test('is edited in its place: Enter keeps the new words, Escape the old', async () => {
    const panel = await panelWith(waiting());
    await panel.click(button(panel, 'Edit'));
    const field = panel.find('waiting-editor') as HTMLTextAreaElement;
    field.value = 'use spaces';
    await panel.press(field, 'Enter');
    await panel.click(button(panel, 'Edit'));
    const again = panel.find('waiting-editor') as HTMLTextAreaElement;
    again.value = 'nothing';
    await panel.press(again, 'Escape');
    expect(panel.sent).toEqual([{ type: 'editQueued', id: 'a', input: words('use spaces') }]);
    expect(rows(panel)).toHaveLength(2);
  });

  test('is kept when the turn is stopped, and sent when the user says so', async () => {
    const panel = await panelWith(waiting().end('turn-1', 'interrupted'));
    expect(rows(panel)).toEqual([
      ['queue', 'use tabs'],
      ['queue', 'then test'],
    ]);
    await panel.click(panel.find('waiting-run'));
    expect(panel.sent).toEqual([{ type: 'runNext', mode: 'ask' }]);
  });
});
