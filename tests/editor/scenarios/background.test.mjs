import assert from 'node:assert/strict';
import { processesWith, sageServers } from '../driver/sageProcesses.mjs';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

// Lengths nobody else sleeps for.
const sleep = `sleep 301.${process.pid}`;
const kept = `sleep 302.${process.pid}`;

scenario(
  "A background command that is kept runs on in a terminal, also when Sage's server has died",
  async ({ chat, editor, workbench, page, onEnd }) => {
    await chat.open();
    await chat.part('mode-picker').click();
    await chat.frame.getByRole('option', { name: /Full/ }).click();
    await chat.send('Start the server');
    await chat.reply('It runs').waitFor();
    const first = await until('the command to run', () => running()[0]);

    await chat.part('background-keep').click();
    onEnd(() => until('the kept command to be gone', () => running().length === 0));
    await page.locator('.terminal-wrapper.active').waitFor();
    const second = await until('it to run anew', () => running().find((pid) => pid !== first));
    await until('the list to be empty', async () => (await chat.part('background').count()) === 0);

    for (const pid of sageServers(editor)) process.kill(pid, 'SIGKILL');
    await chat.send('And now?');
    await chat.reply('Still running').waitFor();
    assert.deepEqual(running(), [second]);
    await workbench.runCommand('Terminal: Kill All Terminals');
  },
  {
    script: {
      replies: [
        {
          when: 'Start the server',
          steps: [{ toolCall: 'run_command', arguments: { command: kept, background: true } }],
        },
        { when: 'background', steps: [{ text: 'It runs.' }] },
        { when: 'And now?', steps: [{ text: 'Still running.' }] },
      ],
    },
  },
);

scenario(
  'A background command stands above the composer while the chat goes on, and Stop there ends it',
  async ({ chat }) => {
    await chat.open();
    await chat.part('mode-picker').click();
    await chat.frame.getByRole('option', { name: /Full/ }).click();
    await chat.send('Start the server');
    await chat.reply('It runs').waitFor();
    await chat.part('background-task').filter({ hasText: sleep }).waitFor();
    await until('the command to run', () => processesWith(sleep).length > 0);
    await chat.send('And now?');
    await chat.reply('Still running').waitFor();

    await chat.part('background-stop').click();
    await until('the list to be empty', async () => (await chat.part('background').count()) === 0);
    await until('the command to be gone', () => processesWith(sleep).length === 0);
  },
  {
    script: {
      replies: [
        {
          when: 'Start the server',
          steps: [{ toolCall: 'run_command', arguments: { command: `echo ready; ${sleep}`, background: true } }],
        },
        { when: 'background', steps: [{ text: 'It runs.' }] },
        { when: 'And now?', steps: [{ text: 'Still running.' }] },
      ],
    },
  },
);

const running = () => processesWith(kept).flatMap(({ pid, line }) => (line === kept ? [pid] : []));
