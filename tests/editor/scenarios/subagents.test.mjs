import assert from 'node:assert/strict';
import { seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot } from '../driver/screenshots.mjs';

const start = (task, kind) => ({ toolCall: 'run_subagent', arguments: { task, kind } });

scenario(
  'Two sub-agents work side by side; one is stopped alone, the other one answers, and the turn completes',
  async ({ page, chat, model }) => {
    await chat.open();
    await chat.send('Look at both');
    await Promise.all([model.reached('first'), model.reached('second')]);
    const cards = chat.part('item-tool', { tool: 'run_subagent', status: 'running' });
    await cards.nth(1).waitFor();
    await cards.nth(0).getByTestId('subagent-line').filter({ hasText: 'cart.ts' }).waitFor();
    assert.deepEqual(await seriousProblems(chat.frame), [], 'while they work');
    await screenshot(page, 'subagents-dark');

    await cards.nth(0).getByTestId('stop-subagent').click();
    await chat.part('item-tool', { tool: 'run_subagent', status: 'cancelled' }).waitFor();
    assert.equal(await cards.count(), 1, 'the other one goes on');

    await model.release('second');
    await chat.part('item-tool', { tool: 'run_subagent', status: 'ok' }).waitFor();
    await chat.reply('One of them has answered').waitFor();
    await chat.turnEnded('completed');
  },
  {
    files: { 'cart.ts': '// the cart itself\n' },
    settings: { ...forPictures, 'workbench.colorTheme': 'Dark Modern' },
    script: {
      replies: [
        { when: 'Look at both', steps: [start('Find the cart', 'explore'), start('Find the shop', 'explore')] },
        { when: 'Find the cart', steps: [{ toolCall: 'read_file', arguments: { path: 'cart.ts' } }] },
        { when: 'the cart itself', steps: [{ gate: 'first' }, { text: 'In the cart.' }] },
        { when: 'Find the shop', steps: [{ gate: 'second' }, { text: 'In the shop.' }] },
        { when: 'In the shop.', steps: [{ text: 'One of them has answered.' }] },
      ],
    },
  },
);
