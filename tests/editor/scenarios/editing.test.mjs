import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

const prompt = 'Greet politely';
const read = (path) => ({ toolCall: 'read_file', arguments: { path } });

scenario(
  'A prompt reads three files at once, edits the open one when allowed by keyboard, and is in the history after a reload',
  async ({ editor, page, workbench, chat, workspace, model }) => {
    await workbench.openFile('greet.ts');
    await workbench.expectEditor(/'Hi, '/);
    await chat.open();
    await chat.send(prompt);

    // The reply is held open after its third call: what has ended by then was not waiting for it.
    await model.reached('readsAsked');
    await chat.part('item-tool', { tool: 'read_file', status: 'ok' }).nth(1).waitFor({ state: 'attached' });
    await model.release('readsAsked');

    await chat.approvalFocused();
    assert.match(await chat.part('approval').textContent(), /Good day/, 'the card shows what would change');
    assert.match(workspace.read('greet.ts'), /'Hi, '/, 'nothing is written before it is allowed');
    await page.keyboard.press('Enter');
    await chat.turnEnded();
    assert.ok(existsSync(path.join(editor.state.sageHome, 'sessions')), 'the server has the environment of its editor');

    await workbench.expectEditor(/'Good day, '/);
    await until('the file on disk', () => /'Good day, '/.test(workspace.read('greet.ts')));
    const edit = chat.part('item-tool', { tool: 'edit_file', status: 'ok' });
    const added = edit.locator('[data-testid=diff-line][data-kind=added]');
    assert.match(await added.first().textContent(), /Good day/);
    assert.deepEqual(await resultsOf(model, 1), ['call_greet', 'call_names', 'call_main'], 'results are in call order');

    await workbench.reload();
    await chat.open();
    await chat.newSession();
    // At once, while the old session may still be on its way: nothing that comes late closes the list again.
    await chat.showHistory();
    await chat.part('history-item').filter({ hasText: prompt }).first().click();
    await chat.part('item-user').filter({ hasText: prompt }).waitFor();
    await chat.reply('It is polite now').waitFor();
    await chat.part('diff-line', { kind: 'added' }).first().waitFor();
  },
  {
    files: {
      'greet.ts': "export function greet(name: string): string {\n  return 'Hi, ' + name;\n}\n",
      'names.ts': "export const names = ['Ada', 'Grace'];\n",
      'main.ts': "import { greet } from './greet';\nimport { names } from './names';\nnames.map(greet);\n",
    },
    script: {
      replies: [
        {
          when: prompt,
          steps: [
            { text: 'I look at the three files.' },
            { ...read('greet.ts'), id: 'call_greet' },
            { ...read('names.ts'), id: 'call_names' },
            { ...read('main.ts'), id: 'call_main' },
            { gate: 'readsAsked' },
          ],
        },
        {
          steps: [
            {
              toolCall: 'edit_file',
              arguments: { path: 'greet.ts', edits: [{ old_text: "'Hi, '", new_text: "'Good day, '" }] },
              pieces: 6,
            },
          ],
        },
        { text: 'It is polite now.' },
      ],
    },
  },
);

async function resultsOf(model, index) {
  const requests = await model.requests();
  return requests[index].body.messages.filter(({ role }) => role === 'tool').map((message) => message.tool_call_id);
}
