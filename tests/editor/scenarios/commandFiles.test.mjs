import assert from 'node:assert/strict';
import { assertReadable } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot, screenshotInThemes } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

const standup = `---
description: Sums up a file
argument-hint: file
---
Look at @$1, which is $1.
Folder: !\`ls $1\`
Made: !\`touch made.txt\`
Sum it up.
`;
const files = {
  'a.ts': 'export const answer = 42;\n',
  '.sage/commands/standup.md': standup,
  '.sage/skills/notes/SKILL.md': '---\nname: notes\ndescription: Writes release notes\n---\nWrite them.\n',
  '.sage/skills/broken/SKILL.md': 'No front matter.\n',
};
const script = { replies: [{ when: 'Sum it up', steps: [{ text: 'It holds the answer.' }] }] };

scenario(
  'A command with an argument, a file and lines for the shell is sent with all of them, and what writes is asked',
  async ({ chat, page, model }) => {
    await chat.open();
    await page.keyboard.type('/stand');
    await chat.part('command-option').filter({ hasText: '.sage/commands/standup.md' }).waitFor();
    await page.keyboard.press('Tab');
    await until('the name in the field', async () => (await chat.composer.inputValue()) === '/standup ');
    await page.keyboard.type('a.ts');
    await page.keyboard.press('Enter');
    await chat.approvalFocused();
    await chat.part('approval').filter({ hasText: 'touch made.txt' }).waitFor();
    assert.deepEqual(await model.requests(), [], 'no model is asked before the lines have run');
    await chat.part('approval-deny').click();
    await chat.reply('It holds the answer').waitFor();
    await chat.turnEnded('completed');
    const [request] = await model.requests();
    const sent = JSON.stringify(request.body.messages);
    assert.match(sent, /Look at @a\.ts, which is a\.ts\./);
    assert.match(sent, /export const answer = 42;/);
    assert.match(sent, /Folder: <command_output>\\n\$ ls a\.ts\\na\.ts\\n/);
    assert.match(sent, /\$ touch made\.txt\\n\(It has not been run to its end: The user did not allow this call\.\)/);
    assert.equal(await chat.part('item-tool', { status: 'ok' }).count(), 1);
    assert.equal(await chat.part('item-tool', { status: 'denied' }).count(), 1);
  },
  { files, script },
);

scenario(
  'What fills the context, what was spent, and what Sage needs are shown as the server says it, and checkpoints and skills are chosen from',
  async (context) => {
    const { chat, page } = context;
    await chat.open();
    await chat.send('Sum it up');
    await chat.turnEnded('completed');
    await ask(chat, page, '/');
    await chat.part('command-option').filter({ hasText: '/standup' }).hover();
    await screenshotInThemes(context, 'commands-list');
    await assertReadable(context, 'the list');
    await page.keyboard.press('Escape');
    await run(chat, page, '/context');
    await chat.part('overview-row').filter({ hasText: 'Your prompts' }).waitFor();
    await screenshotInThemes(context, 'commands-context');
    await assertReadable(context, 'the card');
    await run(chat, page, '/cost');
    await chat.part('overview').filter({ hasText: '1 request' }).waitFor();
    await chat.part('overview-row').filter({ hasText: 'scripted-model' }).waitFor();
    await run(chat, page, '/doctor');
    await chat.part('overview-row').filter({ hasText: 'supervisor' }).waitFor();
    await screenshot(page, 'commands-doctor');

    await run(chat, page, '/skills');
    const picks = page.locator('.quick-input-list .monaco-list-row');
    await picks.filter({ hasText: 'was left out' }).waitFor();
    await screenshot(page, 'commands-skills');
    await picks.filter({ hasText: 'Writes release notes' }).click();
    await page.locator('.tab').filter({ hasText: 'SKILL.md' }).waitFor();

    await run(chat, page, '/checkpoints');
    await picks.filter({ hasText: 'Sum it up' }).click();
    await chat.frame.getByRole('dialog').waitFor();
  },
  { files, script, folder: 'standup', settings: forPictures, timeout: 180_000 },
);

async function ask(chat, page, words) {
  await chat.composer.click();
  await chat.composer.fill('');
  await page.keyboard.type(words);
}

async function run(chat, page, words) {
  await ask(chat, page, words);
  await page.keyboard.press('Enter');
}
