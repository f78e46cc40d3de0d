import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';

const usage = { input: 10_000, output: 100 };
const look = (depth) => ({ steps: [{ toolCall: 'list_directory', arguments: { depth } }], usage });

scenario(
  'A turn that would cost more than its budget asks first, goes on when it is raised, and shows what it has cost',
  async ({ chat, model }) => {
    await chat.open();
    await chat.send('Look around');
    const card = chat.part('question');
    await card.getByText('has cost $0.11 of its budget of $0.15').waitFor();
    assert.equal((await model.requests()).length, 1, 'the request that would break the budget was not made');

    await card.getByText('Raise it to $0.4').click();
    await chat.turnEnded('completed');
    await chat.part('item-turn-end').getByText('$0.33').first().waitFor();
    assert.equal(await chat.part('session-cost').textContent(), '$0.33');

    await chat.part('model-picker').click();
    await chat.part('model-option').filter({ hasText: '$10 / $100 per 1M' }).first().waitFor();
  },
  {
    settings: {
      'sage.prices': { 'openai/*': { input: 10, output: 100 } },
      'sage.budget.turnCost': 0.15,
    },
    script: {
      replies: [look(1), look(2), { steps: [{ text: 'That is all.' }], usage }],
    },
  },
);
