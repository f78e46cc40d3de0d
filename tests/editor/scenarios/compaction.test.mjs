import assert from 'node:assert/strict';
import { seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';

scenario(
  'A conversation that grew too long for the model is summarised and goes on, and /compact does it at once',
  async ({ page, chat, model }) => {
    await chat.open();
    await chat.send('Remember the heron');
    await chat.reply('I remember').waitFor();
    await chat.send('And the nest');
    await chat.reply('The nest, too').waitFor();
    await chat.turnEnded('completed', 2);
    const card = chat.part('item-compaction').filter({ hasText: 'Conversation summarised' });
    await card.waitFor();
    await card.getByRole('button').click();
    await chat.frame.getByText('A heron was spoken of.').waitFor();
    assert.deepEqual(await seriousProblems(chat.frame), []);

    await chat.composer.click();
    await page.keyboard.type('/compact');
    await page.keyboard.press('Enter');
    await chat.part('item-compaction').nth(1).waitFor();
    assert.equal(await chat.part('item-error').count(), 0);
    const asked = JSON.stringify((await model.requests()).at(-2).body.messages);
    assert.match(asked, /A heron was spoken of/, 'the model goes on from the summary');
    assert.deepEqual(await model.violations(), []);
  },
  {
    script: {
      replies: [
        { when: 'Remember the heron', steps: [{ text: 'I remember.' }] },
        { when: 'Write the summary', repeat: true, text: 'A heron was spoken of.' },
        { when: 'And the nest', http: { status: 400, message: 'prompt is too long: 9 tokens > 8 maximum' } },
        { when: 'And the nest', steps: [{ text: 'The nest, too.' }] },
      ],
    },
  },
);
