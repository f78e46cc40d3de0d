import assert from 'node:assert/strict';
import { seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot, screenshotInThemes } from '../driver/screenshots.mjs';

const start = (task, kind, more = {}) => ({ toolCall: 'run_subagent', arguments: { task, kind, ...more } });

scenario(
  'Two sub-agents work side by side; one is spoken to, the other is stopped alone, and the turn completes',
  async ({ page, chat, model }) => {
    await chat.open();
    await chat.send('Look at both');
    await Promise.all([model.reached('first'), model.reached('second')]);
    const cards = chat.part('item-tool', { tool: 'run_subagent', status: 'running' });
    await cards.nth(1).waitFor();
    await cards.nth(0).getByTestId('subagent-line').filter({ hasText: 'cart.ts' }).waitFor();

    const field = cards.nth(1).getByTestId('steer-subagent');
    await field.fill('only the window');
    await field.press('Enter');
    await cards.nth(1).getByTestId('subagent-line').filter({ hasText: 'only the window' }).waitFor();
    assert.deepEqual(await seriousProblems(chat.frame), [], 'while they work');
    await screenshotInThemes({ page, chat }, 'subagents');

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
        {
          when: 'Find the shop',
          steps: [{ gate: 'second' }, { toolCall: 'read_file', arguments: { path: 'cart.ts' } }],
        },
        { when: 'only the window', steps: [{ text: 'In the window.' }] },
        { when: 'In the window.', steps: [{ text: 'One of them has answered.' }] },
      ],
    },
  },
);

scenario(
  'A sub-agent in the background is listed when its turn has ended, and stopped there',
  async ({ page, chat, model }) => {
    await chat.open();
    await chat.send('Look around meanwhile');
    await model.reached('beside');
    await chat.reply('It looks around').waitFor();
    await chat.turnEnded('completed');
    const task = chat.part('background-task').filter({ hasText: 'explore: Find the cart' });
    await task.waitFor();
    const card = chat.part('item-tool', { tool: 'run_subagent', status: 'ok' });
    await card.filter({ hasText: 'in the background' }).waitFor();
    assert.deepEqual(await seriousProblems(chat.frame), [], 'while it works');
    await screenshot(page, 'subagent-background-light');

    await task.getByTestId('background-stop').click();
    await task.waitFor({ state: 'detached' });
    await card.filter({ hasText: 'stopped' }).waitFor();
  },
  {
    settings: { ...forPictures, 'workbench.colorTheme': 'Light Modern' },
    script: {
      replies: [
        { when: 'Look around meanwhile', steps: [start('Find the cart', 'explore', { background: true })] },
        { when: 'Find the cart', steps: [{ text: 'I look' }, { gate: 'beside' }, { text: ' for it.' }] },
        { when: 'Works in the background', steps: [{ text: 'It looks around.' }] },
      ],
    },
  },
);

scenario(
  'The kinds of sub-agents are listed with what is wrong with a file, and a new one is made of a template',
  async ({ page, chat, workbench }) => {
    await chat.open();
    await chat.composer.click();
    await page.keyboard.type('/agents');
    await page.keyboard.press('Enter');
    await workbench.inputBox.waitFor();
    for (const label of ['explore', 'general', 'reviewer', 'broken.md']) {
      await workbench.inputBox.locator('.monaco-list-row', { hasText: label }).first().waitFor();
    }
    await workbench.inputBox.locator('.monaco-list-row', { hasText: 'New agent…' }).click();
    await workbench.inputBox.locator('.monaco-list-row', { hasText: 'In this workspace' }).click();
    await workbench.answerInput('tester');
    await page.locator('.tab.active[data-resource-name="tester.md"]').waitFor();
    await page.locator('.editor-group-container.active .view-line', { hasText: 'name: tester' }).first().waitFor();
  },
  {
    files: {
      '.sage/agents/reviewer.md': '---\ndescription: Reviews\ntools: Read\n---\nBe strict.\n',
      '.sage/agents/broken.md': 'no front matter\n',
    },
  },
);
