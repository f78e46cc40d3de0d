// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { PendingBar } from '../../../../../sage-vscode/webview/views/requests/pendingBar';
import { Announcer } from '../../../../../sage-vscode/webview/views/shell/announcer';
import { useSelect } from '../../../../../sage-vscode/webview/views/storeContext';
import { ToolRow } from '../../../../../sage-vscode/webview/views/tools/toolRow';
import { Strays, Tail } from '../../../../../sage-vscode/webview/views/transcript/tail';
import { SessionScript } from '../../fakes/events';
import { type Panel, showPanel } from '../../fakes/panel';

const plan = '## Types\n\n1. Look\n2. Act\n   - with `care`';
const request = { sessionId: 's', callId: 'p', plan };

async function ask(): Promise<Panel> {
  const panel = await showPanel(
    <>
      <Strays />
      <PendingBar />
      <Announcer />
    </>,
  );
  await panel.act({ type: 'planAsked', request });
  return panel;
}

const all = (panel: Panel, testId: string) => [
  ...panel.root.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`),
];
const nth = (panel: Panel, testId: string, index: number) => {
  const found = all(panel, testId)[index];
  if (found === undefined) {
    throw new Error(`No ${testId} ${index}`);
  }
  return found;
};
const write = async (panel: Panel, field: Element | null, text: string) => {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    throw new Error('No field');
  }
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await panel.act();
  return field;
};
const commentOn = async (panel: Panel, part: number, text: string) => {
  await panel.click(nth(panel, 'plan-comment', part));
  const field = await write(panel, panel.find('plan-comment-field').querySelector('input'), text);
  await panel.press(field, 'Enter');
};
const wordsField = (panel: Panel) => panel.root.querySelector('[aria-label^="What should be different"]');

describe('A plan', () => {
  test('is shown part by part, and said to whoever does not see it', async () => {
    const panel = await ask();
    expect(all(panel, 'plan-part').map((part) => part.querySelector('.markdown')?.textContent?.trim())).toEqual([
      'Types',
      'Look',
      'Act',
      'with care',
    ]);
    expect(panel.root.querySelectorAll('.plan-part ol')[1]?.getAttribute('start')).toBe('2');
    expect(panel.find('announcer').textContent).toBe('Sage has a plan for you to review.');
    expect(panel.find('pending-bar').textContent).toContain('Sage waits for your answer');
    expect(nth(panel, 'plan-comment', 2).getAttribute('aria-label')).toBe('Comment on: Act');
  });

  test.each([
    ['plan-accept', { decision: 'accept', mode: 'ask' }],
    ['plan-accept-auto', { decision: 'accept', mode: 'autoEdit' }],
    ['plan-reject', { decision: 'reject' }],
  ] as const)('is answered by %s', async (button, answer) => {
    const panel = await ask();
    await panel.click(panel.find(button));
    expect(panel.sent).toEqual([{ type: 'answerPlan', callId: 'p', answer }]);
    expect(panel.has('plan-review')).toBe(false);
  });

  test('is sent back with comments, each with the part it is about', async () => {
    const panel = await ask();
    expect((panel.find('plan-revise') as HTMLButtonElement).disabled).toBe(true);
    await commentOn(panel, 3, 'How?');
    await commentOn(panel, 1, ' Where? ');
    await write(panel, wordsField(panel), 'Shorter');
    expect(panel.find('plan-revise').textContent).toBe('Send comments (2)');
    await panel.click(panel.find('plan-revise'));
    expect(panel.sent).toEqual([
      {
        type: 'answerPlan',
        callId: 'p',
        answer: {
          decision: 'revise',
          comments: [
            { line: 3, quote: '1. Look', text: 'Where?' },
            { line: 5, quote: '- with `care`', text: 'How?' },
          ],
          reason: 'Shorter',
        },
      },
    ]);
  });

  test('is sent back with Enter in the field for all of it, once there is something in it', async () => {
    const panel = await ask();
    const field = wordsField(panel) as HTMLElement;
    await panel.press(field, 'Enter');
    expect(panel.sent).toEqual([]);
    await write(panel, field, 'Shorter');
    await panel.press(field, 'Enter', { isComposing: true });
    expect(panel.sent).toEqual([]);
    await panel.press(field, 'Enter');
    expect(panel.sent).toEqual([
      { type: 'answerPlan', callId: 'p', answer: { decision: 'revise', reason: 'Shorter' } },
    ]);
  });

  test('has one tab stop for its parts, and arrows between them', async () => {
    const panel = await ask();
    const stops = () => all(panel, 'plan-comment').map((button) => button.tabIndex);
    expect(stops()).toEqual([0, -1, -1, -1]);
    nth(panel, 'plan-comment', 0).focus();
    await panel.press(nth(panel, 'plan-comment', 0), 'ArrowDown');
    expect(stops()).toEqual([-1, 0, -1, -1]);
    await panel.press(nth(panel, 'plan-comment', 1), 'End');
    expect(document.activeElement).toBe(nth(panel, 'plan-comment', 3));
    await panel.press(nth(panel, 'plan-comment', 3), 'ArrowDown');
    expect(stops()).toEqual([-1, -1, -1, 0]);
  });

  test('keeps what is written when a comment is given up with Escape, and gives the focus back', async () => {
    const panel = await ask();
    await panel.click(nth(panel, 'plan-comment', 1));
    const field = panel.find('plan-comment-field').querySelector('input') as HTMLInputElement;
    await write(panel, field, 'No');
    const event = await panel.press(field, 'Escape');
    expect(event.defaultPrevented).toBe(true);
    expect(panel.has('plan-comment-field')).toBe(false);
    expect(panel.has('plan-comment-text')).toBe(false);
    expect(document.activeElement).toBe(nth(panel, 'plan-comment', 1));
    expect(panel.has('plan-review')).toBe(true);
  });

  test('loses a comment that is taken away', async () => {
    const panel = await ask();
    await commentOn(panel, 1, 'Where?');
    await panel.click(panel.root.querySelector('[aria-label="Remove the comment: Where?"]') as HTMLElement);
    await panel.click(panel.find('plan-accept'));
    expect(panel.sent).toEqual([{ type: 'answerPlan', callId: 'p', answer: { decision: 'accept', mode: 'ask' } }]);
  });

  test('is accepted as it was changed; comments follow their parts, and stay when these are gone', async () => {
    const panel = await ask();
    await commentOn(panel, 1, 'Where?');
    await commentOn(panel, 2, 'Why?');
    await panel.click(panel.find('plan-edit'));
    await write(panel, panel.find('plan-field'), '1. Look');
    await panel.press(panel.find('plan-field'), 'Escape');
    expect(all(panel, 'plan-part')).toHaveLength(1);
    expect(all(panel, 'plan-comment-text').map((comment) => comment.textContent)).toEqual(['Where?', '“Act”: Why?']);
    await panel.click(panel.find('plan-accept'));
    expect(panel.sent).toEqual([
      {
        type: 'answerPlan',
        callId: 'p',
        answer: {
          decision: 'accept',
          mode: 'ask',
          plan: '1. Look',
          comments: [
            { line: 1, quote: '1. Look', text: 'Where?' },
            { line: 4, quote: '2. Act', text: 'Why?' },
          ],
        },
      },
    ]);
  });

  test('that was emptied is the one that was proposed', async () => {
    const panel = await ask();
    await panel.click(panel.find('plan-edit'));
    await write(panel, panel.find('plan-field'), ' ');
    await panel.click(panel.find('plan-accept'));
    expect(panel.sent).toEqual([{ type: 'answerPlan', callId: 'p', answer: { decision: 'accept', mode: 'ask' } }]);
  });

  test('goes when the server takes it back, and when it dies', async () => {
    const panel = await ask();
    await panel.act({ type: 'planClosed', callId: 'p' });
    expect(panel.has('plan-review')).toBe(false);
    await panel.act({ type: 'planAsked', request }, { type: 'serverState', state: { kind: 'running' } });
    expect(panel.has('plan-review')).toBe(true);
    await panel.act({ type: 'serverState', state: { kind: 'stopped', message: 'Gone.', canRestart: true } });
    expect(panel.has('plan-review')).toBe(false);
  });

  test('of a hostile model runs nothing', async () => {
    const panel = await showPanel(<Strays />);
    const hostile = '<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1))\n\n- <script>alert(1)</script>';
    await panel.act({ type: 'planAsked', request: { ...request, plan: hostile } });
    expect(panel.root.querySelector('img, script, [onerror], a[href^="javascript"]')).toBeNull();
  });
});

function Session() {
  const items = useSelect((state) => state.transcript.items);
  return (
    <>
      {items.map((item) => (item.kind === 'tool' ? <ToolRow key={item.id} tool={item} /> : null))}
      <Tail />
    </>
  );
}

describe('A plan in the history', () => {
  const proposed = () => {
    const script = new SessionScript().created().turn();
    script.call('p', 'exit_plan_mode', { plan });
    return script.add({ type: 'planProposed', callId: 'p', plan });
  };
  const show = async (script: SessionScript) => {
    const panel = await showPanel(<Session />);
    await panel.act({ type: 'serverState', state: { kind: 'running' } }, { type: 'events', events: script.events });
    return panel;
  };

  test('waits until it is answered', async () => {
    const panel = await show(proposed());
    expect(panel.find('item-tool').dataset.status).toBe('waiting');
  });

  test('that was accepted is folded, says so, and has changed the mode', async () => {
    const script = proposed().add({
      type: 'planAnswered',
      callId: 'p',
      decision: 'accept',
      mode: 'autoEdit',
      plan: '1. Only this',
      comments: [{ line: 1, quote: '1. Only this', text: 'Quickly' }],
      reason: 'Please',
    });
    const panel = await show(script.result('p'));
    expect(panel.store.state.peek().mode).toBe('autoEdit');
    expect(panel.find('item-tool').textContent).toContain('accepted');
    expect(panel.has('plan-body')).toBe(false);
    await panel.click(panel.root.querySelector('.tool-toggle') as HTMLElement);
    const body = panel.find('plan-body').textContent;
    for (const words of ['Only this', 'You changed the plan.', 'Quickly', 'Please']) {
      expect(body).toContain(words);
    }
  });

  test('that was sent back says what was asked for, and the mode stays', async () => {
    const script = proposed().add({ type: 'planAnswered', callId: 'p', decision: 'revise', reason: 'Shorter' });
    const panel = await show(script.result('p', 'denied'));
    expect(panel.store.state.peek().mode).toBe('ask');
    expect(panel.find('item-tool').textContent).toContain('changes asked for');
  });

  test('that nobody has seen is not said to be accepted', async () => {
    const panel = await show(proposed().result('p'));
    expect(panel.find('item-tool').textContent).toContain('not reviewed');
  });
});
