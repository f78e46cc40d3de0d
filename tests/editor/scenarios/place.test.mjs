import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

scenario(
  'The chat goes on in an editor, stands there still after a reload, and is back in its view when that is closed',
  async ({ page, workbench, chat }) => {
    /** Sooner or later: after a reload it may be in its view for a moment. */
    const isIn = (part) =>
      until('the chat to be in that part', async () => {
        await chat.find();
        const box = (locator) => locator.first().boundingBox({ timeout: 1000 });
        const [inner, outer] = await Promise.all([box(chat.composer), box(part)]);
        return inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width;
      });
    await chat.open();
    await chat.send('First');
    await chat.turnEnded();

    await workbench.runCommand('Sage: Open Chat in an Editor');
    const editor = page.locator('.editor-group-container');
    const tab = page.locator('.tab', { hasText: 'Sage' });
    await tab.waitFor();
    await page.locator('.part.auxiliarybar').waitFor();
    await isIn(editor);
    await chat.reply('Answer to First').waitFor();
    await chat.send('Second');
    await chat.turnEnded('completed', 2);

    await workbench.stored('sage.chatEditor');
    await workbench.reload();
    await isIn(editor);
    await chat.reply('Answer to Second').waitFor();

    await tab.getByRole('button', { name: /^Close/ }).click();
    await tab.waitFor({ state: 'detached' });
    await chat.open();
    await chat.reply('Answer to Second').waitFor();
    await isIn(page.locator('.part.auxiliarybar'));
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
