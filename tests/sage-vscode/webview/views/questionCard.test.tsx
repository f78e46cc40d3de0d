// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { Question } from '../../../../sage-vscode/src/protocol/generated';
import { Strays } from '../../../../sage-vscode/webview/views/transcript/tail';
import { type Panel, showPanel } from '../fakes/panel';

async function ask(...questions: Question[]): Promise<Panel> {
  const panel = await showPanel(<Strays />);
  await panel.act({ type: 'questionAsked', request: { sessionId: 's', callId: 'q', questions } });
  return panel;
}

const options = [{ label: 'A', description: 'The first' }, { label: 'B' }];
const choices = (panel: Panel) => [...panel.root.querySelectorAll<HTMLElement>('.choice')];
const write = async (panel: Panel, index: number, text: string) => {
  const field = panel.root.querySelectorAll<HTMLInputElement>('.question .text-field')[index];
  if (field === undefined) {
    throw new Error(`No field ${index}`);
  }
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await panel.act();
  return field;
};

describe('A question', () => {
  test('alone is answered with one click', async () => {
    const panel = await ask({ text: 'Which?', options });
    await panel.click(choices(panel)[1] as HTMLElement);
    expect(panel.sent).toEqual([{ type: 'answerQuestion', callId: 'q', answers: [['B']] }]);
    expect(panel.has('question')).toBe(false);
  });

  test('can be answered in own words', async () => {
    const panel = await ask({ text: 'Which?', options });
    const field = await write(panel, 0, ' Neither ');
    await panel.press(field, 'Enter');
    expect(panel.sent).toEqual([{ type: 'answerQuestion', callId: 'q', answers: [['Neither']] }]);
  });

  test('among several waits until all are answered', async () => {
    const panel = await ask({ text: 'One?', options }, { text: 'Two?', options: [] });
    await panel.click(choices(panel)[0] as HTMLElement);
    expect(panel.sent).toEqual([]);
    await write(panel, 1, 'Yes');
    await panel.click(panel.find('question-send'));
    expect(panel.sent).toEqual([{ type: 'answerQuestion', callId: 'q', answers: [['A'], ['Yes']] }]);
  });

  test('may have several answers', async () => {
    const panel = await ask({ text: 'Which?', options, multiple: true });
    for (const box of panel.root.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
      box.checked = true;
      box.dispatchEvent(new Event('change', { bubbles: true }));
      await panel.act();
    }
    await panel.click(panel.find('question-send'));
    expect(panel.sent).toEqual([{ type: 'answerQuestion', callId: 'q', answers: [['A', 'B']] }]);
  });

  test('is dismissed with Escape', async () => {
    const panel = await ask({ text: 'Which?', options });
    await panel.press(choices(panel)[0] as HTMLElement, 'Escape');
    expect(panel.sent).toEqual([{ type: 'answerQuestion', callId: 'q', answers: null }]);
  });
});

describe('A question of an MCP server', () => {
  const from = { server: 'tickets', message: 'Where to?\u202e' };
  const askFrom = async (...questions: Question[]) => {
    const panel = await showPanel(<Strays />);
    await panel.act({ type: 'questionAsked', request: { sessionId: 's', callId: 'q', questions, from } });
    return panel;
  };

  test('says who asks, and shows what hides in its words', async () => {
    const panel = await askFrom({ text: 'Name', options: [] });
    expect(panel.find('question-from').textContent).toContain('The MCP server tickets asks');
    expect(panel.find('question-from').textContent).not.toContain('\u202e');
  });

  test('can be declined, which is more than to be dismissed', async () => {
    const panel = await askFrom({ text: 'Name', options: [] });
    await panel.click(panel.find('question-decline'));
    expect(panel.sent).toEqual([{ type: 'answerQuestion', callId: 'q', answers: null, declined: true }]);
    expect(panel.has('question')).toBe(false);
  });

  test('is complete without what is optional, and closed ones have no field for other words', async () => {
    const panel = await askFrom(
      { text: 'Which?', options, isClosed: true, multiple: true },
      { text: 'Note', options: [], isOptional: true },
    );
    expect(panel.root.querySelectorAll('.question .text-field')).toHaveLength(1);
    await panel.click(panel.root.querySelector<HTMLElement>('.checkbox input') as HTMLElement);
    await panel.click(panel.find('question-send'));
    expect(panel.sent).toEqual([{ type: 'answerQuestion', callId: 'q', answers: [['A'], []] }]);
  });

  test('of the model cannot be declined', async () => {
    const panel = await ask({ text: 'Which?', options });
    expect(panel.has('question-decline')).toBe(false);
  });
});
