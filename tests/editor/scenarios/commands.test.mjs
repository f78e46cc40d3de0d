import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

scenario(
  'A slash lists commands, one from a file is sent with what it says, and one that there is not is not sent',
  async ({ chat, page, model }) => {
    await chat.open();
    await page.keyboard.type('/rev');
    const option = chat.part('command-option').filter({ hasText: '/review' });
    await option.filter({ hasText: 'Reviews a file' }).waitFor();
    await page.keyboard.press('Tab');
    await until('the name in the field', async () => (await chat.composer.inputValue()) === '/review ');
    await page.keyboard.type('a.ts');
    await page.keyboard.press('Enter');
    await chat.part('item-user').filter({ hasText: '/review a.ts' }).waitFor();
    await chat.reply('It is fine').waitFor();
    await chat.turnEnded('completed');
    await chat.part('sent-command').getByRole('button').click();
    await chat.part('sent-command').filter({ hasText: 'Look at a.ts with care' }).waitFor();

    const sent = (await model.requests()).length;
    await page.keyboard.press('Escape');
    await chat.composer.click();
    await page.keyboard.type('/reviw a.ts');
    await page.keyboard.press('Enter');
    await chat.frame.getByText('Did you mean /review?').first().waitFor();
    assert.equal((await model.requests()).length, sent, 'a command that there is not is not sent');
    assert.deepEqual(await model.violations(), []);
  },
  {
    files: {
      'a.ts': 'export const answer = 42;\n',
      '.sage/commands/review.md': '---\ndescription: Reviews a file\nargument-hint: file\n---\nLook at $1 with care.\n',
    },
    script: { replies: [{ when: 'Look at a.ts with care', steps: [{ text: 'It is fine.' }] }] },
  },
);
