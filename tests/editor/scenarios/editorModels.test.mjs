import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';
import { appears } from '../driver/workbench.mjs';

const files = { '.acme': '', 'note.txt': 'Herons nest in March.\n' };

scenario(
  "A model of VS Code's own that is picked in the list reads a file and answers, also after a restart",
  async ({ chat, page, workbench, workspace }) => {
    await chat.open();
    await chat.part('model-picker').click();
    await chat.part('model-option').filter({ hasText: 'Acme One' }).click();
    await until('the choice to be shown', async () => /Acme One/.test(await chat.part('model-picker').textContent()));

    await chat.send('What is in the note?');
    await consent(page);
    await answered(chat);
    const [first, second] = asked(workspace);
    assert.deepEqual(first.asked, [1], 'the system prompt and the prompt are one message of the user');
    assert.deepEqual(second.asked, [1, 2, 1], 'the result of the call is a message of the user');
    assert.ok(first.tools.includes('read_file'));

    await workbench.reload();
    await chat.open();
    await chat.newSession();
    await chat.send('And now?');
    await answered(chat);
  },
  { files, timeout: 180_000 },
);

scenario(
  "Stop while a model of VS Code's own streams cancels its request and keeps what it said",
  async ({ chat, page, workspace }) => {
    await chat.open();
    await chat.send('Tell a story');
    await consent(page);
    await chat.reply('Once upon a time').waitFor();
    await chat.composer.click();
    await page.keyboard.press('Escape');
    await chat.turnEnded('interrupted');
    await chat.reply('Once upon a time').waitFor();
    await until('the provider to hear of it', () => asked(workspace).some(({ cancelled }) => cancelled));
  },
  { files, settings: { 'sage.model': 'editor/acme/one' } },
);

async function answered(chat) {
  await chat.part('item-tool', { tool: 'read_file', status: 'ok' }).waitFor();
  await chat.reply('Herons nest in March').waitFor();
  await chat.turnEnded();
}

/** VS Code asks for consent only where a model belongs to an account. */
async function consent(page) {
  const allow = page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Allow' });
  if (await appears(allow, 2000)) await allow.click();
}

/** What the provider wrote down. */
function asked(workspace) {
  const lines = workspace.read('.acme').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}
