import assert from 'node:assert/strict';
import { assertCardFits } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures } from '../driver/screenshots.mjs';

const run = (command) => ({ steps: [{ toolCall: 'run_command', arguments: { command } }] });

scenario(
  'A danger is said and not allowed by Enter; a wider rule is allowed for the session by keyboard; a changed command runs as changed',
  async ({ page, workbench, chat, workspace, model }) => {
    await chat.open();
    await chat.send('Clean up');

    await chat.part('approval-danger').filter({ hasText: 'It deletes the folder build' }).waitFor();
    await chat.focused('approval-deny');
    await assertCardFits({ page, workbench, chat }, 'approval', 'danger');
    await chat.part('approval-deny').focus();
    await page.keyboard.press('Enter');
    await chat.part('item-tool', { status: 'denied' }).waitFor();
    assert.equal(workspace.read('build/kept.txt'), 'kept\n');

    await chat.approvalFocused();
    assert.equal(await chat.part('approval-wider-rule').textContent(), 'run_command(touch *)');
    // Deny, deny with a reason, edit, and then what is allowed and for how long.
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'ArrowDown', 'Tab']) await page.keyboard.press(key);
    await chat.focused('approval-allow-session');
    await page.keyboard.press('Enter');

    // The second touch is behind us when the next command asks: nobody was asked for it.
    await chat.part('approval').filter({ hasText: 'mkdir wrogn' }).waitFor();
    assert.equal(workspace.read('two.txt'), '');
    await chat.approvalFocused();
    await chat.part('approval-edit').focus();
    await page.keyboard.press('Enter');
    await chat.focused('approval-command');
    await chat.part('approval-command').selectText();
    await page.keyboard.type('mkdir right && touch right/three.txt');
    await chat.part('approval-grants').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Enter');
    await chat.turnEnded();

    assert.equal(workspace.read('right/three.txt'), '');
    const last = (await model.requests()).at(-1).body.messages.at(-1);
    assert.match(JSON.stringify(last), /The user changed the arguments of this call/, 'the model is told');
  },
  {
    files: { 'build/kept.txt': 'kept\n' },
    settings: { ...forPictures, 'workbench.colorTheme': 'Dark Modern' },
    script: {
      replies: [
        { when: 'Clean up', ...run('rm -rf build') },
        run('touch one.txt'),
        run('touch two.txt'),
        run('mkdir wrogn'),
        { text: 'Done.' },
      ],
    },
  },
);
