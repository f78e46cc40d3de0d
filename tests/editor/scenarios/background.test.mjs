import { processesWith } from '../driver/sageProcesses.mjs';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

// A length nobody else sleeps for.
const sleep = `sleep 301.${process.pid}`;

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
