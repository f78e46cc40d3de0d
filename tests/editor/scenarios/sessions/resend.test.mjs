import assert from 'node:assert/strict';
import { scenario } from '../../driver/scenario.mjs';
import { until } from '../../driver/wait.mjs';

const greet = "export const hello = 'Hi';\n";
const edit = (from, to) => ({
  toolCall: 'edit_file',
  arguments: { path: 'greet.ts', edits: [{ old_text: from, new_text: to }] },
});
const script = {
  replies: [
    { when: 'Who are you', text: 'The greeter.' },
    { when: 'Greet politely', steps: [edit("'Hi'", "'Good day'")] },
    { text: 'Polite now.' },
    { when: 'Greet rudely', steps: [edit("'Hi'", "'What?'")] },
    { text: 'Rude now.' },
  ],
};
const prompts = (chat) => chat.part('item-user').locator('.user-text').allTextContents();

scenario(
  'A prompt is edited and sent again: files go back to before it, a new session goes on from there, and the old one stays',
  async ({ page, workbench, chat, workspace, model }) => {
    await workbench.openFile('greet.ts');
    await chat.open();
    await chat.send('Who are you');
    await chat.turnEnded();
    await chat.send('Greet politely');
    await chat.turnEnded('completed', 2);
    await until('the file to be polite', () => workspace.read('greet.ts').includes('Good day'));

    await chat.part('edit-prompt').last().click();
    await chat.part('editing').waitFor();
    assert.equal(await chat.composer.inputValue(), 'Greet politely');
    await page.keyboard.press('Escape');
    await chat.part('editing').waitFor({ state: 'detached' });
    assert.equal(await chat.composer.inputValue(), '');

    await chat.part('edit-prompt').last().click();
    await chat.focused('composer-input');
    await chat.composer.selectText();
    await page.keyboard.type('Greet rudely');
    await page.keyboard.press('Enter');
    const dialog = chat.part('resend-dialog');
    await dialog.filter({ hasText: 'greet.ts' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.match(workspace.read('greet.ts'), /Good day/, 'Escape changes nothing');
    assert.equal(await chat.composer.inputValue(), 'Greet rudely');

    await chat.composer.press('Enter');
    await chat.part('resend-restore').click();
    await chat.reply('Rude now.').waitFor();
    await chat.turnEnded('completed', 2);
    assert.equal(workspace.read('greet.ts'), greet.replace('Hi', 'What?'));
    assert.deepEqual(await prompts(chat), ['Who are you', 'Greet rudely']);
    const last = (await model.requests()).at(-1);
    assert.doesNotMatch(JSON.stringify(last.body.messages), /politely/, 'the model does not know of the other way');

    await chat.showHistory();
    await chat.part('history-item').nth(1).waitFor();
    await chat.part('history-item').filter({ hasNotText: '(fork)' }).locator('[data-row]').click();
    await chat.reply('Polite now.').waitFor();
    assert.deepEqual(await prompts(chat), ['Who are you', 'Greet politely']);
    await chat.part('item-restore', { what: 'restored' }).waitFor();
  },
  { files: { 'greet.ts': greet }, script, settings: { 'sage.defaultMode': 'autoEdit' } },
);

scenario(
  'A fork from a prompt is a new session that ends with its turn, and says so',
  async ({ chat, workbench }) => {
    await workbench.openFile('greet.ts');
    await chat.open();
    await chat.send('Who are you');
    await chat.turnEnded();
    await chat.send('Greet politely');
    await chat.turnEnded('completed', 2);
    await chat.part('fork-prompt').first().click();
    await chat.part('told').filter({ hasText: 'This is a new session: “Who are you (fork)”' }).waitFor();
    assert.deepEqual(await prompts(chat), ['Who are you']);
    await chat.reply('The greeter.').waitFor();
  },
  { files: { 'greet.ts': greet }, script, settings: { 'sage.defaultMode': 'autoEdit' } },
);
