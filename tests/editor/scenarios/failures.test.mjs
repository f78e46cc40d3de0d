import assert from 'node:assert/strict';
import { freePort } from '../driver/codeServer.mjs';
import { ModelServer } from '../driver/modelServer.mjs';
import { sageServers } from '../driver/sageProcesses.mjs';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';
import { appears } from '../driver/workbench.mjs';

const deadPort = await freePort();

scenario(
  'A dead endpoint is said in plain words, and Retry works once it is alive',
  async ({ chat, editor, onEnd }) => {
    await chat.open();
    await chat.send('Anybody there?');
    const card = chat.part('item-error');
    await card.waitFor({ timeout: 90_000 });
    assert.match(await card.textContent(), /cannot be reached/i);
    assert.match(await card.textContent(), new RegExp(`127\\.0\\.0\\.1:${deadPort}`), 'the card names the address');

    const script = { replies: [{ when: 'Anybody there?', steps: [{ text: 'Now I am.' }] }] };
    const model = await ModelServer.start(editor.state.folder('scripts'), script, { port: deadPort });
    onEnd(() => model.stop());
    await chat.part('error-retry').click();
    await chat.reply('Now I am').waitFor();
    await chat.turnEnded();
  },
  {
    settings: {
      'sage.provider': 'openai',
      'sage.baseUrl': `http://127.0.0.1:${deadPort}/v1`,
      'sage.model': 'scripted-model',
    },
    timeout: 300_000,
  },
);

scenario(
  'A wrong key is said in plain words, can be replaced from the card, and the next prompt works',
  async ({ chat, workbench, model, watch }) => {
    await chat.open();
    await chat.send('Hello?');
    const card = chat.part('item-error');
    await card.waitFor();
    assert.match(await card.textContent(), /did not accept the API key/i);
    assert.equal((await model.requests()).length, 1, 'a refused key is not tried again');

    await card.getByRole('button', { name: 'Set API key' }).click();
    await workbench.answerInput('sk-right');
    await until('the new key to be used', async () => {
      await chat.part('error-retry').last().click();
      return appears(chat.reply('Welcome'), 3000);
    });
    assert.ok(!watch.lines.some((line) => line.includes('sk-right')), 'the key is in no console');
  },
  {
    // The only scenario with this provider: the key it stores is for all workspaces.
    provider: 'anthropic',
    script: { key: 'sk-right', replies: [{ when: 'Hello?', repeat: true, steps: [{ text: 'Welcome.' }] }] },
  },
);

scenario(
  'A server that is killed is started again, and the session goes on',
  async ({ chat, editor, model }) => {
    await chat.open();
    await chat.send('Remember the word heron');
    await chat.reply('I will').waitFor();
    await chat.turnEnded();
    await killed(editor);

    await chat.part('server-banner').waitFor({ state: 'detached' });
    await chat.send('Which word?');
    await chat.reply('heron, of course').waitFor();
    const asked = JSON.stringify((await model.requests()).at(-1).body.messages);
    assert.match(asked, /Remember the word heron/, 'the model is told what was said before the crash');
    await chat.part('item-user').filter({ hasText: 'Remember the word heron' }).waitFor({ state: 'attached' });
  },
  {
    script: {
      replies: [
        { when: 'Remember', steps: [{ text: 'I will.' }] },
        { when: 'Which word', steps: [{ text: 'The word is heron, of course.' }] },
      ],
    },
  },
);

scenario(
  'What Sage asked when its server was killed is asked again, and the turn goes on once it is allowed',
  async ({ page, chat, editor, workspace }) => {
    await chat.open();
    await chat.send('Write the note');
    await chat.approvalFocused();
    await killed(editor);

    await chat.part('item-notice').filter({ hasText: 'asks again' }).waitFor();
    await chat.approvalFocused();
    assert.equal(await chat.part('approval').count(), 1, 'the question of the dead server is gone');
    assert.throws(() => workspace.read('note.txt'), { code: 'ENOENT' }, 'nothing is written before it is allowed');
    await page.keyboard.press('Enter');
    await chat.reply('The note is there').waitFor();
    await chat.turnEnded();
    assert.equal(workspace.read('note.txt'), 'From before the crash.\n');
    assert.equal(await chat.part('item-error').count(), 0);
  },
  {
    script: {
      replies: [
        {
          when: 'Write the note',
          steps: [
            { text: 'I write it.' },
            { toolCall: 'write_file', arguments: { path: 'note.txt', content: 'From before the crash.\n' } },
          ],
        },
        { text: 'The note is there.' },
      ],
    },
  },
);

async function killed(editor) {
  const [before] = sageServers(editor);
  process.kill(before, 'SIGKILL');
  await until('a new server', () => sageServers(editor).some((pid) => pid !== before));
}
