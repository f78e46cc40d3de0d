import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

scenario(
  'Words typed while Sage works steer it or wait their turn, and a stop sends nothing',
  async ({ chat, page, model, workbench }) => {
    await chat.open();
    await chat.send('Format it');
    await model.reached('looking');
    await say(chat, 'Use tabs', 'Enter');
    await say(chat, 'Then write the tests', 'Alt+Enter');
    await chat.part('waiting-prompt', { kind: 'steer' }).filter({ hasText: 'Use tabs' }).waitFor();
    await chat.part('waiting-prompt', { kind: 'queue' }).filter({ hasText: 'Then write the tests' }).waitFor();

    await workbench.runCommand('Sage: Show Running Work');
    const row = page.locator('.monaco-list-row').filter({ hasText: 'Turn t1' });
    await row.filter({ hasText: '2 waiting' }).waitFor();
    await page.locator('.monaco-list-row').filter({ hasText: 'reply of' }).waitFor();
    await chat.open();

    await model.release('looking');
    await chat.reply('With tabs, then').waitFor();
    // The queued prompt has become a turn of its own, which is stopped with one more behind it.
    await model.reached('testing');
    await say(chat, 'And commit', 'Alt+Enter');
    await chat.part('waiting-prompt', { kind: 'queue' }).filter({ hasText: 'And commit' }).waitFor();
    await page.keyboard.press('Escape');
    await chat.turnEnded('interrupted');
    assert.equal((await model.requests()).length, 3, 'what waited was not sent');

    await chat.part('waiting-run').click();
    await chat.reply('Committed').waitFor();
    await until('nothing to wait', async () => (await chat.part('waiting-list').count()) === 0);
    assert.deepEqual(await model.violations(), []);
  },
  {
    script: {
      replies: [
        {
          when: 'Format it',
          steps: [{ text: 'Looking.' }, { gate: 'looking' }, { toolCall: 'list_directory', arguments: {} }],
        },
        { when: 'Use tabs', steps: [{ text: 'With tabs, then.' }] },
        { when: 'Then write the tests', steps: [{ text: 'Writing.' }, { gate: 'testing' }] },
        { when: 'And commit', steps: [{ text: 'Committed.' }] },
      ],
    },
  },
);

/** Types on where the prompt before was typed: nothing may have taken the focus. */
async function say(chat, words, key) {
  await chat.focused('composer-input');
  await chat.page.keyboard.type(words);
  await chat.page.keyboard.press(key);
}
