import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';
import { appears } from '../driver/workbench.mjs';

const files = {
  'total.ts': "export function sum(): number {\n  const a: number = 'one';\n  const b: string = 2;\n  return a;\n}\n",
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "noEmit": true } }\n',
};

scenario(
  'The lenses above a function ask for tests, and a source action asks to fix all problems of the file',
  async ({ page, workbench, chat, model }) => {
    await workbench.openFile('total.ts');
    await workbench.focusEditor();
    await workbench.codeLens('Tests').click({ timeout: 60_000 });
    await chat.find();
    await chat.turnEnded();
    const tests = JSON.stringify((await model.requests())[0].body.messages.at(-1));
    assert.match(tests, /Write tests for lines 1-5 of total\.ts/);
    assert.match(tests, /<selection path=\\"total\.ts\\" lines=\\"1-5\\">/);

    await page.locator('.squiggly-error').nth(1).waitFor({ timeout: 80_000 });
    const entry = workbench.lightBulbEntry('Ask Sage: Fix All Problems in This File');
    await until('the source action to be offered', async () => {
      await workbench.focusEditor();
      await workbench.runCommand('Source Action...');
      const shown = await appears(entry, 3_000);
      if (!shown) await page.keyboard.press('Escape');
      return shown;
    });
    await entry.click();
    await chat.turnEnded('completed', 2);
    const fix = JSON.stringify((await model.requests())[1].body.messages.at(-1));
    assert.match(fix, /Fix all problems in total\.ts/);
    assert.match(fix, /<problems title=\\"Problems in total\.ts\\">\\ntotal\.ts:2:9 error: [^\n]*total\.ts:3:9 error:/);
  },
  {
    folder: 'sum',
    files,
    settings: { 'sage.codeLenses.enabled': true, 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
    script: { replies: [{ text: 'Here they are.' }, { text: 'Both are mended.' }] },
  },
);

const notebook = JSON.stringify({
  cells: [
    {
      cell_type: 'code',
      execution_count: 1,
      metadata: {},
      outputs: [
        { output_type: 'error', ename: 'NameError', evalue: "name 'heron' is not defined", traceback: ['Line 1'] },
      ],
      source: ['print(heron)'],
    },
  ],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
});

scenario(
  'Fix Cell sends the cell of a notebook with its error',
  async ({ page, workbench, chat, model }) => {
    // A notebook that is opened before its extension is known is shown as text.
    await chat.open();
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'birds.ipynb' }).dblclick();
    const cell = page.locator('.notebook-editor .code-cell-row').first();
    await cell.waitFor({ timeout: 60_000 });
    await cell.click();
    await workbench.runCommand('Sage: Fix Cell with Sage');
    await chat.find();
    await chat.turnEnded();
    const sent = JSON.stringify((await model.requests())[0].body.messages.at(-1));
    assert.match(sent, /Fix cell 1 of birds\.ipynb, which ends with an error/);
    assert.match(sent, /Cell 1 \(python\):\\nprint\(heron\)\\n\\nOutput:\\nNameError: name 'heron' is not defined/);
  },
  { files: { 'birds.ipynb': notebook }, script: { replies: [{ text: 'It has a name now.' }] } },
);
