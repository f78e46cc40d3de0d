import assert from 'node:assert/strict';
import { ModelServer } from '../driver/modelServer.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot } from '../driver/screenshots.mjs';

const script = {
  key: 'sk-right-key',
  models: ['scripted-model', 'another-model'],
  replies: [
    { when: 'This is a test of the connection', repeat: true, steps: [{ text: 'OK' }] },
    { when: 'Who are you?', steps: [{ text: 'The model that was connected.' }] },
  ],
};

scenario(
  'A model is connected step by step: a wrong key is refused before anything is stored, the right one answers the next prompt',
  async ({ page, workbench, chat, editor, watch, onEnd }) => {
    const model = await ModelServer.start(editor.state.folder('scripts/connect'), script);
    onEnd(() => model.stop());
    await chat.open();
    await workbench.runCommand('Sage: Connect a Model');
    await stepOf(page, 'Connect a model: whose?');
    await workbench.quickPick('Anthropic').waitFor();
    await screenshot(page, 'connect-provider');
    await page.keyboard.type('OpenAI-compatible');
    await workbench.quickPick('OpenAI-compatible endpoint').click();

    await stepOf(page, 'Address of OpenAI-compatible endpoint');
    await screenshot(page, 'connect-address');
    await workbench.answerInput(`${model.url}/v1`);
    await stepOf(page, 'API key for OpenAI-compatible endpoint');
    await screenshot(page, 'connect-key');
    await workbench.answerInput('sk-wrong-key');
    // What is typed is checked first; the palette would take the box's place meanwhile.
    await workbench.inputBox.waitFor({ state: 'hidden' });

    const refusal = await workbench.notification('refused the API key');
    await refusal.waitFor();
    assert.doesNotMatch(editor.state.readSettings(), /sage\.provider/, 'nothing is stored before a test has succeeded');
    await screenshot(page, 'connect-refused');
    await refusal.getByRole('button', { name: 'Edit Key' }).click();
    await stepOf(page, 'API key for OpenAI-compatible endpoint');
    await workbench.answerInput('sk-right-key');

    await stepOf(page, 'Which model of OpenAI-compatible endpoint shall answer?');
    await workbench.quickPick('another-model').waitFor();
    await screenshot(page, 'connect-model');
    await workbench.quickPick('scripted-model').click();
    await (await workbench.notification('It works')).waitFor();
    assert.match(editor.state.readSettings(), /"sage\.model": "openai-compatible\/scripted-model"/);
    assert.doesNotMatch(editor.state.readSettings(), /sk-right-key/, 'the key is in no settings');

    // The list of notifications lies over the composer.
    await workbench.runCommand('Notifications: Clear All Notifications');
    await chat.send('Who are you?');
    await chat.reply('The model that was connected').waitFor();
    await chat.turnEnded();
    const asked = (await model.requests()).at(-1);
    assert.equal(asked.headers.Authorization, 'Bearer sk-right-key');
    assert.ok(!watch.lines.some((line) => /sk-(right|wrong)-key/.test(line)), 'the keys are in no console');
  },
  { settings: forPictures, timeout: 180_000 },
);

/** Waits for the step with this title. */
async function stepOf(page, title) {
  await page.locator('.quick-input-title', { hasText: title }).waitFor();
}
