import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import { sageServers } from '../driver/sageProcesses.mjs';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

const read = (path) => ({ toolCall: 'read_file', arguments: { path } });

scenario(
  'A file of 200 MB, a binary one and one that is no UTF-8 are named in their cards, and the turn goes on',
  async ({ chat, workspace, model }) => {
    workspace.write('big.log', 'A line like any other.\n'.repeat(1000));
    truncateSync(workspace.resolve('big.log'), 200 * 1024 * 1024);
    workspace.write('program.bin', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]));
    workspace.write('menu.txt', Buffer.from('un caf\xe9\n', 'latin1'));

    await chat.open();
    await chat.send('Read what there is');
    await chat.turnEnded();
    await chat.reply('menu.txt').waitFor();

    const card = (file) => chat.part('item-tool', { tool: 'read_file' }).filter({ hasText: file });
    const says = async (file, status, text) => {
      assert.equal(await card(file).getAttribute('data-status'), status);
      assert.match(await card(file).textContent(), text);
    };
    await says('big.log', 'error', /200 MB.*not read whole.*start_line/);
    await says('program.bin', 'error', /an executable.*text and images only/);
    // Text in an old encoding is no failure: it is decoded, and the encoding is named.
    await card('menu.txt').locator('.tool-toggle').click();
    await says('menu.txt', 'ok', /windows-1252|iso-8859/i);
    await says('menu.txt', 'ok', /un café/);
    assert.equal((await model.requests()).length, 2);
  },
  {
    script: {
      replies: [
        { when: 'Read what', steps: [read('big.log'), read('program.bin'), read('menu.txt')] },
        { text: 'Only menu.txt can be read.' },
      ],
    },
  },
);

scenario(
  'A window without a folder says what is missing and how to get it, and the server lives on',
  async ({ page, workbench, chat, editor, model }) => {
    await chat.open();
    await chat.part('welcome').filter({ hasText: 'No folder is open' }).waitFor();
    await chat.send('Anybody there?');
    const card = chat.part('item-error', { code: 'noFolder' });
    await card.waitFor();
    assert.match(await card.textContent(), /no folder to work in.*Open a folder/i);
    const [server] = await until('the server', () => sageServers(editor));

    await card.locator('[data-testid=open-folder]').click();
    await workbench.inputBox.filter({ hasText: 'Open Folder' }).waitFor();
    await page.keyboard.press('Escape');
    await workbench.inputBox.waitFor({ state: 'hidden' });

    await card.evaluate((element) => element.setAttribute('data-seen', ''));
    await chat.part('error-retry').click();
    await chat.frame.locator('[data-testid=item-error]:not([data-seen])').waitFor();
    await chat.showHistory();
    await chat.frame.getByText('No sessions yet').waitFor();
    assert.deepEqual(sageServers(editor), [server], 'it is still the same server');
    assert.deepEqual(await model.requests(), [], 'nothing was sent to the model');
  },
  { folder: null, script: { replies: [] } },
);
