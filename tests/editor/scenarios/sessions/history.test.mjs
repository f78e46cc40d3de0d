import assert from 'node:assert/strict';
import { assertReadable } from '../../driver/accessibility.mjs';
import { scenario } from '../../driver/scenario.mjs';
import { forPictures, screenshotInThemes } from '../../driver/screenshots.mjs';
import { until } from '../../driver/wait.mjs';

const files = { 'cart.ts': 'export const cart = [];\n' };
const edit = { path: 'cart.ts', edits: [{ old_text: '[];', new_text: '[1];' }] };
const script = {
  replies: [
    { when: 'Why does the cart lose items', text: 'The list is made anew for every request.' },
    { when: 'Write tests for the queue', steps: [{ toolCall: 'edit_file', arguments: edit }] },
    { text: 'The queue is tested.' },
    { when: 'Explain the build', text: 'It bundles two programs.' },
    { when: 'And then', text: 'Then it packs them.' },
  ],
};
const settings = { ...forPictures, 'sage.defaultMode': 'autoEdit' };
const prompts = ['Why does the cart lose items?', 'Write tests for the queue', 'Explain the build'];

/** Three sessions, the last of them open, and the history in front of it. */
async function makeSessions({ chat, workbench }) {
  await workbench.openFile('cart.ts');
  await chat.open();
  for (const prompt of prompts) {
    await chat.part('welcome').waitFor();
    await chat.send(prompt);
    await chat.turnEnded();
    if (prompt !== prompts.at(-1)) await chat.newSession();
  }
  await chat.showHistory();
  await chat.part('history-item').nth(2).waitFor();
}

const focused = (locator) => locator.evaluate((element) => element === document.activeElement);
const titles = (chat) => chat.part('history-item').locator('.history-title').allTextContents();
const shows = (chat, ...wanted) =>
  until(`the history to show ${wanted}`, async () => JSON.stringify(await titles(chat)) === JSON.stringify(wanted));

scenario(
  'The history finds a session by what was said, renames it, deletes and restores it, and opens it, all by keyboard',
  async (context) => {
    const { page, chat } = context;
    await makeSessions(context);
    await shows(chat, prompts[2], prompts[1], prompts[0]);
    const search = chat.part('history-search');
    await until('the focus in the search', () => focused(search));

    await page.keyboard.type('anew LIST');
    await shows(chat, prompts[0]);
    assert.match(await chat.part('history-item').textContent(), /The list is made anew for every request\./);

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('F2');
    await chat.part('rename-field').waitFor();
    await page.keyboard.type('Lost items');
    await page.keyboard.press('Enter');
    await shows(chat, 'Lost items');

    const row = chat.part('history-item').locator('[data-row]');
    await until('the focus on the session', () => focused(row));
    await page.keyboard.press('Delete');
    await chat.part('history-deleted').filter({ hasText: 'Deleted “Lost items”.' }).waitFor();
    await shows(chat);
    await chat.part('undo-delete').click();
    await shows(chat, 'Lost items');

    await search.click();
    await page.keyboard.press('Enter');
    await chat.part('history').waitFor({ state: 'detached' });
    await chat.reply('The list is made anew').waitFor();
    await until('the focus in the composer', () => focused(chat.composer));
  },
  { files, script, settings },
);

scenario(
  'A fork from the history goes on by itself, what is deleted waits in the trash, and a session is exported to a file',
  async (context) => {
    const { page, workbench, chat, workspace } = context;
    await makeSessions(context);
    const last = chat.part('history-item').first();
    await last.hover();
    await last.locator('[data-testid=fork-session]').click();
    await chat
      .part('told')
      .filter({ hasText: `This is a new session: “${prompts[2]} (fork)”` })
      .waitFor();
    await chat.reply('It bundles two programs').waitFor();
    await chat.send('And then');
    await chat.turnEnded('completed', 2);

    await page.keyboard.type('/resume');
    await page.keyboard.press('Enter');
    await shows(chat, `${prompts[2]} (fork)`, prompts[2], prompts[1], prompts[0]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    await shows(chat, prompts[2], prompts[1], prompts[0]);
    await page.keyboard.press('Escape');
    await chat.part('welcome').waitFor();

    await chat.showHistory();
    await chat.part('scope-deleted').click();
    await shows(chat, `${prompts[2]} (fork)`);
    await chat.part('restore-session').click();
    await chat.part('history').filter({ hasText: 'The trash is empty.' }).waitFor();
    await chat.part('scope-here').click();
    await shows(chat, `${prompts[2]} (fork)`, prompts[2], prompts[1], prompts[0]);

    await chat.part('history-item').last().hover();
    await chat.part('history-item').last().locator('[data-testid=export-json]').click();
    // The dialog takes an answer once it has looked at the folder.
    await workbench.quickPick('cart.ts').waitFor();
    await workbench.answerInput(workspace.resolve('exported.json'));
    await chat.part('told').filter({ hasText: 'Exported to exported.json.' }).waitFor();
    assert.match(workspace.read('exported.json'), /^\{"format":"sage-session"[\s\S]*Why does the cart lose items/);
  },
  { files, script, settings },
);

scenario(
  'The history is readable and has no serious accessibility problem, in every kind of theme',
  async (context) => {
    const { page, workbench, chat } = context;
    await makeSessions(context);
    await workbench.widenSideBar(470);
    await page.keyboard.press('ArrowDown');
    await screenshotInThemes(context, 'history');
    await assertReadable(context, 'with sessions');
    await page.keyboard.type('queue');
    await shows(chat, prompts[1]);
    await assertReadable(context, 'with what was found');
    await chat.part('scope-deleted').click();
    await chat.part('history').filter({ hasText: 'Nothing found' }).waitFor();
    await assertReadable(context, 'with nothing');
  },
  { files, script, folder: 'shop', settings: { ...settings, 'workbench.colorTheme': 'Dark Modern' } },
);
