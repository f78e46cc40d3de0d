import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

scenario(
  'Fix Last Command sends what the command of the terminal wrote, and a selection in it becomes part of a prompt',
  async ({ page, workbench, chat, model }) => {
    await workbench.runCommand('Terminal: Create New Terminal');
    await page.locator('.terminal.xterm').waitFor();
    const terminal = page.locator('.part.panel .xterm-helper-textarea');
    await until('the command of the terminal to be known', async () => {
      await terminal.focus();
      await page.keyboard.type('cat no-such-heron');
      await page.keyboard.press('Enter');
      await workbench.runCommand('Sage: Fix Last Command');
      // What the very first command of a terminal wrote may be gone before the editor lets anybody read it.
      await model.waitForRequests(1, { timeout: 5_000 }).catch(() => []);
      return (await lastWords(model)).includes('No such file');
    });
    await chat.find();
    const sent = await lastWords(model);
    assert.match(sent, /<terminal title=\\"Terminal: cat no-such-heron\\">\\n\$ cat no-such-heron\\n/);
    assert.match(sent, /No such file or directory\\n\[exit code 1\]/);
    assert.match(sent, /Find out why, fix the cause/);

    await terminal.focus();
    await workbench.runCommand('Terminal: Select All');
    await workbench.runCommand('Sage: Add Terminal Selection to Chat');
    await chat.part('chip').filter({ hasText: 'Selection in Terminal' }).waitFor();
    await workbench.runCommand('Sage: Add Terminal Output to Chat');
    await chat.part('chip').filter({ hasText: 'Terminal: cat no-such-heron' }).waitFor();
  },
  { script: { replies: Array.from({ length: 8 }, () => ({ text: 'There is no heron.' })) } },
);

async function lastWords(model) {
  return JSON.stringify((await model.requests()).at(-1)?.body.messages.at(-1) ?? '');
}
