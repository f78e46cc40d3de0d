import assert from 'node:assert/strict';
import { processesWith, sageServers } from '../driver/sageProcesses.mjs';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

// A length nobody else sleeps for.
const sleep = `sleep 300.${process.pid}`;

scenario(
  'Stop during a command ends the turn in under a second, leaves no process behind, and the next prompt works',
  async ({ chat, editor }) => {
    await chat.open();
    await chat.send('Wait for long');
    await chat.part('item-tool', { tool: 'run_command', status: 'running' }).waitFor();
    await until('the command to run', () => processesWith(sleep).length > 0);

    const took = await stopAndTime(chat);
    assert.deepEqual(processesWith(sleep), [], 'nothing of the command is left');
    assert.ok(took < 1000, `the turn ended ${Math.round(took)} ms after Stop`);
    await chat.part('item-tool', { tool: 'run_command', status: 'cancelled' }).waitFor();

    await chat.send('Still there?');
    await chat.reply('Here I am').waitFor();
    assert.equal(sageServers(editor).length, 1, 'the server is the same, and one');
  },
  {
    alone: true,
    script: {
      replies: [
        { when: 'Wait for long', steps: [{ toolCall: 'run_command', arguments: { command: sleep } }] },
        { when: 'Still there?', steps: [{ text: 'Here I am.' }] },
      ],
    },
  },
);

/** Measured in the page, from the click to the picture of the end: our own way there does not count. */
async function stopAndTime(chat) {
  return chat.part('composer-stop').evaluate(async (button) => {
    const asked = performance.now();
    button.click();
    while (!document.querySelector('[data-testid=item-turn-end][data-outcome=interrupted]')) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - asked;
  });
}

scenario(
  'Stop while the model streams keeps what it said',
  async ({ chat, page, model }) => {
    await chat.open();
    await chat.send('Tell a story');
    await model.reached('middle');
    await chat.reply('Once upon a time').waitFor();
    // The composer still has the focus, and Escape is the keyboard's Stop.
    await page.keyboard.press('Escape');
    await chat.turnEnded('interrupted');
    await chat.reply('Once upon a time').waitFor();
    await until('the request to be given up', async () => (await model.requests())[0].abandoned);
  },
  {
    alone: true,
    script: {
      replies: [{ steps: [{ text: 'Once upon a time', pieces: 3 }, { gate: 'middle' }, { text: ' the end.' }] }],
    },
  },
);
