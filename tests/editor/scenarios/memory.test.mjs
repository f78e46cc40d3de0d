import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

scenario(
  'A line behind a number sign is written where the user says, the model reads it with the next prompt, and /memory opens the file',
  async ({ page, workbench, chat, workspace, model }) => {
    await chat.open();
    await chat.composer.click();
    await page.keyboard.type('# Indent with tabs');
    await page.keyboard.press('Enter');
    await workbench.quickPick('In this workspace, for everybody who works in it').click();
    await until('the line in the file', () => /Indent with tabs/.test(workspace.read('AGENTS.md')));
    assert.match(workspace.read('AGENTS.md'), /^# Rules\n/, 'what was there stays');
    await until('the field to be free', async () => (await chat.composer.inputValue()) === '');

    await chat.send('Hello');
    await chat.turnEnded();
    const [{ body }] = await model.requests();
    assert.match(JSON.stringify(body.messages), /Indent with tabs/);

    await chat.composer.click();
    await page.keyboard.type('/memory');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    const file = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'AGENTS.md' }).first();
    await file.filter({ hasText: 'bytes' }).waitFor();
    await file.click();
    await page.locator('.tab.active[data-resource-name="AGENTS.md"]').waitFor();
    await workbench.expectEditor(/Indent with tabs/);
  },
  {
    files: { 'AGENTS.md': '# Rules\n' },
    script: { replies: [{ when: 'Hello', steps: [{ text: 'Hello.' }] }] },
  },
);
