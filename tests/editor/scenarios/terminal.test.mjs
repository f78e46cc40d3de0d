import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';

scenario(
  'Fix Last Command sends what the command of the terminal wrote, and a selection in it becomes part of a prompt',
  async ({ page, workbench, chat, model }) => {
    await workbench.runCommand('Terminal: Create New Terminal');
    await page.locator('.terminal.xterm').waitFor();
    const terminal = page.locator('.part.panel .xterm-helper-textarea');
    const type = async (command) => {
      await terminal.focus();
      await page.keyboard.type(command);
      await page.keyboard.press('Enter');
    };
    // Before the shell has begun to tell the editor what it runs, nobody is told.
    await type('echo ready');
    const marks = page.locator('.terminal-command-decoration');
    await marks.first().waitFor();
    // Of a command that takes no time at all the editor may tell the end without the output.
    await type('sleep 1; cat no-such-heron');
    await page.locator('.terminal-command-decoration.error').first().waitFor();
    await workbench.runCommand('Sage: Fix Last Command');
    await chat.find();
    await chat.turnEnded();
    const [{ body }] = await model.requests();
    const sent = JSON.stringify(body.messages.at(-1));
    assert.match(
      sent,
      /<terminal title=\\"Terminal: sleep 1; cat no-such-heron\\">\\n\$ sleep 1; cat no-such-heron\\n/,
    );
    assert.match(sent, /No such file or directory\\n\[exit code 1\]/);
    assert.match(sent, /Find out why, fix the cause/);

    await terminal.focus();
    await workbench.runCommand('Terminal: Select All');
    await workbench.runCommand('Sage: Add Terminal Selection to Chat');
    await chat.chip('Selection in Terminal').waitFor();
    await workbench.runCommand('Sage: Add Terminal Output to Chat');
    await chat.chip('Terminal: sleep 1; cat no-such-heron').waitFor();
  },
  { script: { replies: [{ text: 'There is no heron.' }] } },
);
