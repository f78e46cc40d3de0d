import assert from 'node:assert/strict';
import { EditorChat } from '../driver/editorChat.mjs';
import { scenario } from '../driver/scenario.mjs';
import { screenshot } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

const files = {
  // VS Code hands prompts to participants only where it has a model itself; this one is never asked.
  '.acme': '',
  'src/cart.ts': 'export const total = (prices: number[]) => prices.length;\n',
  'README.md': '# Shop\n',
};
const sum = 'prices.reduce((sum, price) => sum + price, 0)';
const edit = {
  toolCall: 'edit_file',
  arguments: { path: 'src/cart.ts', edits: [{ old_text: 'prices.length', new_text: sum }] },
};
const plan = {
  toolCall: 'update_plan',
  arguments: {
    items: [
      { text: 'Add the prices up', status: 'completed' },
      { text: 'Write a test', status: 'pending' },
    ],
  },
};
const settings = { 'workbench.activityBar.location': 'hidden', 'workbench.colorTheme': 'Dark Modern' };

scenario(
  '@sage in the chat of VS Code edits a file when it may, shows what it did, goes on in the same session, and stops',
  async ({ page, workbench, chat, workspace, model }) => {
    // After an installation Sage's own chat opens once, in the same side bar.
    await chat.open();
    const editorChat = new EditorChat(page, workbench);
    await editorChat.open();
    await workbench.widenSideBar(440);
    await editorChat.send('@sage Fix the total');
    await editorChat.says('Sage wants to');
    await editorChat.button('Answer in Sage').waitFor();
    assert.match(workspace.read('src/cart.ts'), /prices\.length/, 'nothing is changed before it is allowed');
    const asked = await workbench.notification('Sage wants to');
    await asked.locator('.monaco-button', { hasText: /^Allow$/ }).click();

    await editorChat.says('The total is the sum now');
    await editorChat.answer.getByText('cart.ts').filter({ visible: true }).first().waitFor();
    await editorChat.button('Review Changes').waitFor();
    await editorChat.button('Open in Sage').waitFor();
    await editorChat.finished();
    assert.match(workspace.read('src/cart.ts'), /prices\.reduce/);
    await screenshot(page, 'participant-dark');

    await editorChat.followup('Explain what you changed').click();
    await editorChat.says('It counted them before');
    const second = (await model.requests()).findLast(({ body }) => said(body, 'Explain what you changed'));
    assert.ok(said(second.body, 'Fix the total'), 'the model knows the first turn');
    assert.ok(said(second.body, 'The total is the sum now'));

    await editorChat.send('Tell a story');
    await model.reached('middle');
    await editorChat.says('Once upon a time');
    await editorChat.stop();
    await until('the request to be given up', async () =>
      (await model.requests()).some(({ body, abandoned }) => abandoned && said(body, 'Tell a story')),
    );

    await editorChat.send('And then?');
    await editorChat.says('They lived happily');
    const after = (await model.requests()).findLast(({ body }) => said(body, 'And then?'));
    assert.ok(said(after.body, 'Fix the total') && said(after.body, 'Tell a story'), 'what was stopped was said');

    // A session like any other: the panel shows all of it, and what is to be reviewed.
    await editorChat
      .button('Review Changes')
      .click({ trial: true })
      .catch(() => {});
    await editorChat.press('Review Changes');
    await page.locator('.tab.active', { hasText: 'Changes to Review' }).waitFor();
    await chat.find();
    await chat.part('item-user').filter({ hasText: 'Fix the total' }).waitFor();
    await chat.turnEnded('interrupted');
    await chat.turnEnded('completed', 3);
  },
  {
    files,
    settings,
    timeout: 300_000,
    script: {
      replies: [
        { when: 'And then?', steps: [{ text: 'They lived happily.' }] },
        { when: 'Tell a story', steps: [{ text: 'Once upon a time', pieces: 3 }, { gate: 'middle' }] },
        { when: 'Explain what you changed', steps: [{ text: 'It counted them before.' }] },
        { when: 'Fix the total', steps: [{ text: 'I look at it.' }, plan, edit] },
        { steps: [{ text: 'The total is the sum now:\n\n```ts\nconst sum = 1;\n```\n', pieces: 4 }] },
      ],
    },
  },
);

scenario(
  "Another extension's agent gives Sage a task, undoes it and searches sessions, each when the user has agreed",
  async ({ page, workbench, chat, workspace, model }) => {
    await chat.open();
    const call = async (tool, input) => {
      await workbench.runCommand('Acme: Call Tool');
      await workbench.answerInput(`${tool} ${JSON.stringify(input)}`);
    };
    const dialog = page.locator('.monaco-dialog-box');
    const answer = async (button) => {
      await dialog.locator('.monaco-button', { hasText: button }).click();
      await dialog.waitFor({ state: 'detached' });
    };

    await call('sage_run_task', { task: 'Fix the total of the cart' });
    await dialog
      .filter({ hasText: 'Give this task to Sage?' })
      .filter({ hasText: 'Fix the total of the cart' })
      .waitFor();
    await screenshot(page, 'tool-asks-dark');
    await answer('Cancel');
    await workbench.expectEditor(/^Not done: Canceled/);
    assert.deepEqual(await model.requests(), [], 'who said no has asked no model');

    await call('sage_run_task', { task: 'Fix the total of the cart' });
    await answer(/^(OK|Yes|Allow)$/);
    const asked = await workbench.notification('Sage wants to');
    assert.match(workspace.read('src/cart.ts'), /prices\.length/, 'the gate of Sage asks, too');
    await asked.locator('.monaco-button', { hasText: /^Allow$/ }).click();
    await workbench.expectEditor(/The total is the sum now/);
    const result = await workbench.editorText();
    assert.match(
      result,
      /Outcome: completed\nChanged files, not reviewed by the user yet:\n- src\/cart\.ts \(modified\)/,
    );
    const [, sessionId] = /^Session: (\w+)/.exec(result);

    await call('sage_search_sessions', { query: 'total cart' });
    await workbench.expectEditor(new RegExp(`session ${sessionId}`));

    await call('sage_pending_changes', { sessionId });
    await workbench.expectEditor(/src\/cart\.ts \(modified, \+1 −1\)/);
    await call('sage_undo_changes', { sessionId });
    await dialog.filter({ hasText: 'src/cart.ts (modified, +1 −1)' }).waitFor();
    await answer(/^(OK|Yes|Allow)$/);
    await workbench.expectEditor('Undone in: src/cart.ts');
    assert.match(workspace.read('src/cart.ts'), /prices\.length/);

    await call('sage_run_task', { task: 'Tell a story' });
    await answer(/^(OK|Yes|Allow)$/);
    await model.reached('middle');
    await workbench.runCommand('Acme: Stop Tool');
    await until('the request to be given up', async () =>
      (await model.requests()).some(({ body, abandoned }) => abandoned && said(body, 'Tell a story')),
    );
  },
  {
    files,
    settings,
    timeout: 300_000,
    script: {
      replies: [
        { when: 'Tell a story', steps: [{ text: 'Once upon a time' }, { gate: 'middle' }] },
        { when: 'Fix the total', steps: [edit] },
        { steps: [{ text: 'The total is the sum now.' }] },
      ],
    },
  },
);

const said = (body, words) => JSON.stringify(body).includes(words);
