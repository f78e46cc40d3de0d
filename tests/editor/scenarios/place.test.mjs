import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';

scenario(
  'The chat goes on in an editor, and is back in its view when that is closed',
  async ({ page, workbench, chat }) => {
    await chat.open();
    await chat.send('First');
    await chat.turnEnded();

    await workbench.runCommand('Sage: Open Chat in an Editor');
    const editor = page.locator('.editor-group-container');
    const tab = page.locator('.tab', { hasText: 'Sage' });
    await tab.waitFor();
    await page.locator('.part.auxiliarybar').waitFor();
    await chat.find();
    const box = await editor.first().boundingBox();
    const composer = await chat.composer.boundingBox();
    assert.ok(composer.x >= box.x && composer.x + composer.width <= box.x + box.width, 'it is in the editor');
    await chat.reply('Answer to First').waitFor();
    await chat.send('Second');
    await chat.turnEnded('completed', 2);

    await tab.getByRole('button', { name: /^Close/ }).click();
    await tab.waitFor({ state: 'detached' });
    await chat.open();
    await chat.reply('Answer to Second').waitFor();
    const view = await page.locator('.part.auxiliarybar').boundingBox();
    assert.ok((await chat.composer.boundingBox()).x >= view.x, 'it is in its view');
  },
  {
    files: { 'readme.md': '# Place\n' },
    script: {
      replies: [
        { when: 'First', steps: [{ text: 'Answer to First.' }] },
        { when: 'Second', steps: [{ text: 'Answer to Second.' }] },
      ],
    },
  },
);
