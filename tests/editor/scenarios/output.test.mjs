import assert from 'node:assert/strict';
import { watchLongTasks } from '../driver/longTasks.mjs';
import { scenario } from '../driver/scenario.mjs';

const megabyte = 1024 * 1024;

scenario(
  'A gigabyte of output neither slows the panel nor grows its memory',
  async ({ chat, page }) => {
    await chat.open();
    await chat.part('mode-picker').click();
    await chat.frame.getByRole('option', { name: /Full/ }).click();
    await chat.send('Flood me');
    const command = chat.part('item-tool', { tool: 'run_command', status: 'running' });
    await command.waitFor();

    const body = chat.frame.locator('body');
    const tasks = await watchLongTasks(body);
    const measured = body.evaluate(untilTurnEnds);
    await page.keyboard.type('still quick');
    const typed = await chat.composer.inputValue();
    const running = (await command.count()) > 0;
    const growth = await measured;
    const longest = Math.max(0, ...(await tasks.stop()));

    assert.ok(running, 'the command ran while it was typed');
    assert.equal(typed, 'still quick');
    assert.ok(longest < 1_000, `the panel stood still for ${Math.round(longest)} ms`);
    assert.ok(growth < 100 * megabyte, `the page grew by ${Math.round(growth / megabyte)} MB`);
    await chat.part('item-tool', { tool: 'run_command', status: 'ok' }).waitFor();
  },
  {
    alone: true,
    script: {
      replies: [
        { when: 'Flood me', steps: [{ toolCall: 'run_command', arguments: { command: 'yes | head -c 1G' } }] },
        { when: 'exit code 0', steps: [{ text: 'That was a lot.' }] },
      ],
    },
  },
);

/** In the page, until a turn has ended: by how much its memory grew, the editor's included. */
async function untilTurnEnds() {
  const before = performance.memory.usedJSHeapSize;
  let growth = 0;
  while (!document.querySelector('[data-testid=item-turn-end]')) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    growth = Math.max(growth, performance.memory.usedJSHeapSize - before);
  }
  return growth;
}
