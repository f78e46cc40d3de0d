import assert from 'node:assert/strict';
import { assertReadable } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshotInThemes } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

const settings = { ...forPictures, 'sage.defaultMode': 'autoEdit' };

const original = [
  'export class Cart {',
  '  private items: Item[] = [];',
  '',
  '  add(item: Item) {',
  '    this.items.push(item);',
  '  }',
  '',
  '  remove(item: Item) {',
  '    this.items.splice(this.items.indexOf(item), 1);',
  '  }',
  '',
  '  total() {',
  '    let sum = 0;',
  '    for (const item of this.items) sum += item.price;',
  '    return sum;',
  '  }',
  '}',
  '',
];
const added = "    if (item.price < 0) throw new RangeError('A price below zero');";
const removed = '    this.items = this.items.filter((other) => other !== item);';
const total = '    return this.items.reduce((sum, item) => sum + item.price, 0);';

const edits = [
  { old_text: '  add(item: Item) {\n', new_text: `  add(item: Item) {\n${added}\n` },
  { old_text: `${original[8]}\n`, new_text: `${removed}\n` },
  { old_text: `${original.slice(12, 15).join('\n')}\n`, new_text: `${total}\n` },
];
const prompt = 'Make the cart safe against negative prices and unknown items';
const edit = (path, ...changes) => ({ toolCall: 'edit_file', arguments: { path, edits: changes } });
const script = { replies: [{ when: prompt, steps: [edit('cart.ts', ...edits)] }, { text: 'The cart is safe now.' }] };
const files = { 'cart.ts': original.join('\n') };

const lenses = (page, text) => page.locator('.codelens-decoration a', { hasText: text });
const count = (what, locator, wanted) => until(what, async () => (await locator.count()) === wanted);

/** Sends the prompt with the file open, and waits until its three changes are to be reviewed. */
async function makeChanges({ page, workbench, chat }) {
  await workbench.openFile('cart.ts');
  await chat.open();
  await chat.send(prompt);
  await chat.turnEnded();
  await count('a lens above each change', lenses(page, 'Keep'), 3);
}

scenario(
  'One change is kept in the hover that says where it is from, another undone by its key, one kept by its lens: the file, the list and the chat show it',
  async (context) => {
    const { page, workbench, chat, workspace } = context;
    await makeChanges(context);
    await chat.part('changed-files').filter({ hasText: '1 file to review' }).waitFor();

    await workbench.focusEditor();
    await workbench.goTo(5, 9);
    await workbench.runCommand('Show or Focus Hover');
    const hover = page.locator('.monaco-hover:visible', { hasText: `Changed by Sage: ${prompt}` });
    await hover.locator('a', { hasText: 'Keep' }).click();
    await count('two changes left', lenses(page, 'Keep'), 2);
    assert.match(workspace.read('cart.ts'), /RangeError/, 'what is kept stays');

    await workbench.focusEditor();
    await workbench.goTo(10);
    await until(
      'the file on disk',
      async () => {
        // The key means this only once the editor knows that the cursor is on a change, which nothing shows; without a change below it, it does nothing.
        await page.keyboard.press('Shift+Alt+U');
        return workspace.read('cart.ts').includes('splice');
      },
      { every: 1_000 },
    );
    await count('one change left', lenses(page, 'Keep'), 1);
    await chat.part('item-restore', { what: 'undone' }).filter({ hasText: 'Undid changes in cart.ts' }).waitFor();
    assert.match(workspace.read('cart.ts'), /RangeError[\s\S]*splice[\s\S]*reduce/);

    await chat.part('keep-all').click();
    await count('no change left', lenses(page, 'Keep'), 0);
    await chat.part('changed-files').waitFor({ state: 'detached' });
    assert.match(workspace.read('cart.ts'), /RangeError[\s\S]*splice[\s\S]*reduce/);

    await chat.part('redo').click();
    await until('the undone change to be there again', () => workspace.read('cart.ts').includes('filter'));
    await count('it to be reviewed again', lenses(page, 'Keep'), 1);
  },
  { files, script, settings, folder: 'cart' },
);

const greet = ["export const hello = 'Hi';", '', '// The end of the day.', "export const bye = 'Bye';", ''];

scenario(
  'Files go back to before an earlier prompt and forth again, and a line that the user wrote in between survives both',
  async ({ page, workbench, chat, workspace }) => {
    await workbench.openFile('greet.ts');
    await chat.open();
    await chat.send('Greet politely');
    await chat.turnEnded();
    await chat.send('Say goodbye politely');
    await chat.turnEnded('completed', 2);
    await workbench.expectEditor(/Goodbye/);

    await workbench.focusEditor();
    await workbench.goTo(3);
    await page.keyboard.press('End');
    await page.keyboard.type(' Mine.');
    await workbench.save();

    await chat.part('restore').first().click();
    const dialog = chat.part('restore-dialog');
    await dialog.filter({ hasText: 'Restore files to before “Greet politely”?' }).waitFor();
    const rows = chat.part('restore-file');
    await count('two files in the dialog', rows, 2);
    assert.match(await rows.nth(0).textContent(), /^greet\.ts/);
    assert.match(await rows.nth(1).textContent(), /^notes\.md.*is deleted: Sage created it/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.match(workspace.read('greet.ts'), /Good day/, 'Escape changes nothing');

    await chat.part('restore').first().click();
    await chat.part('restore-confirm').click();
    await chat.part('item-restore').filter({ hasText: 'Restored 2 files to before “Greet politely”' }).waitFor();
    const mine = greet.with(2, `${greet[2]} Mine.`);
    await until('the files as they were, with the own line', () => workspace.read('greet.ts') === mine.join('\n'));
    assert.throws(() => workspace.read('notes.md'), 'what Sage created is gone');
    await chat.part('changed-files').waitFor({ state: 'detached' });

    await workbench.focusEditor();
    await workbench.goTo(3);
    await page.keyboard.press('End');
    await page.keyboard.type(' And this.');
    await workbench.save();
    await chat.part('redo').click();
    await chat.part('item-restore', { what: 'redone' }).waitFor();
    await until('the changes to be there again', () => workspace.read('greet.ts').includes('Goodbye'));
    assert.match(workspace.read('greet.ts'), /'Good day'[\s\S]*day\. Mine\. And this\.\n.*'Goodbye'/);
    assert.equal(workspace.read('notes.md'), 'Be polite.\n');
    await chat.part('changed-files').filter({ hasText: '2 files to review' }).waitFor();
  },
  {
    settings,
    files: { 'greet.ts': greet.join('\n') },
    script: {
      replies: [
        {
          when: 'Greet politely',
          steps: [
            edit('greet.ts', { old_text: "'Hi'", new_text: "'Good day'" }),
            { toolCall: 'write_file', arguments: { path: 'notes.md', content: 'Be polite.\n' } },
          ],
        },
        { text: 'Polite now.' },
        {
          when: 'Say goodbye politely',
          steps: [edit('greet.ts', { old_text: "'Bye'", new_text: "'Goodbye'" })],
        },
        { text: 'Politer still.' },
      ],
    },
  },
);

scenario(
  "An edit of a file with unsaved text keeps the user's words and leaves the file unsaved, and so does undoing it",
  async ({ page, workbench, chat, workspace }) => {
    await workbench.openFile('greet.ts');
    await workbench.focusEditor();
    await workbench.goTo(3);
    await page.keyboard.press('End');
    await page.keyboard.type(' Mine.');
    await workbench.dirtyTab.waitFor();

    await chat.open();
    await chat.send('Say goodbye politely');
    await chat.turnEnded();
    await workbench.expectEditor(/day\. Mine\.\n.*'Goodbye'/);
    assert.equal(workspace.read('greet.ts'), greet.join('\n'), 'nothing is saved behind the back of its user');
    await workbench.dirtyTab.waitFor();

    await workbench.focusEditor();
    await page.keyboard.press('Alt+F5');
    await count('the lenses of the one change', lenses(page, 'Undo'), 1);
    await lenses(page, 'Undo').click();
    await workbench.expectEditor(/day\. Mine\.\n.*'Bye'/);
    await workbench.dirtyTab.waitFor();
    assert.equal(workspace.read('greet.ts'), greet.join('\n'));
    await workbench.save();
    assert.equal(workspace.read('greet.ts'), greet.with(2, `${greet[2]} Mine.`).join('\n'));
  },
  {
    settings,
    files: { 'greet.ts': greet.join('\n') },
    script: {
      replies: [
        {
          when: 'Say goodbye politely',
          steps: [edit('greet.ts', { old_text: "'Bye'", new_text: "'Goodbye'" })],
        },
        { text: 'Polite now.' },
      ],
    },
  },
);

scenario(
  'A reload of the window in mid-turn shows what is to be reviewed as before, in the editor also while the chat is closed',
  async ({ page, workbench, chat, model, workspace }) => {
    await workbench.openFile('cart.ts');
    await chat.open();
    await chat.send(prompt);
    await model.reached('halfway');
    await count('a lens above each change', lenses(page, 'Keep'), 3);
    await chat.part('changed-files').filter({ hasText: '1 file to review' }).waitFor();

    await workbench.reload();
    await workbench.openFile('cart.ts');
    await count('the same lenses', lenses(page, 'Keep'), 3);
    await chat.open();
    await chat.part('changed-files').filter({ hasText: '1 file to review' }).waitFor();
    await chat.part('undo-all').click();
    await until('the file as it was', () => workspace.read('cart.ts') === original.join('\n'));
    await count('no lens', lenses(page, 'Keep'), 0);
  },
  {
    files,
    settings,
    folder: 'cart',
    script: {
      replies: [
        { when: prompt, steps: [edit('cart.ts', ...edits)] },
        { steps: [{ text: 'Half of it is done.' }, { gate: 'halfway' }] },
        { text: 'Never said.' },
      ],
    },
  },
);

scenario(
  'A change that the user has changed too is undone only when they say so, and the reason for an undo reaches the model',
  async (context) => {
    const { page, workbench, chat, workspace, model } = context;
    await makeChanges(context);
    await workbench.focusEditor();
    await workbench.goTo(10);
    await page.keyboard.press('End');
    await page.keyboard.type(' // mine');
    await workbench.save();
    await page.keyboard.press('Shift+Alt+U');
    const modal = page.locator('.monaco-dialog-box');
    await modal.filter({ hasText: 'You have changed these lines too' }).waitFor();
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });
    assert.match(workspace.read('cart.ts'), /\/\/ mine/);

    await workbench.focusEditor();
    await page.keyboard.press('Control+Shift+Alt+U');
    await workbench.answerInput('Keep the array');
    await modal.getByRole('button', { name: 'Undo Anyway' }).click();
    await until('the line as it was', () => workspace.read('cart.ts').includes(original[8]));
    assert.doesNotMatch(workspace.read('cart.ts'), /\/\/ mine/);
    await chat.part('item-restore').filter({ hasText: '“Keep the array”' }).waitFor();

    await chat.open();
    await chat.send('Go on');
    await chat.turnEnded('completed', 2);
    const last = (await model.requests()).at(-1);
    assert.match(JSON.stringify(last.body.messages), /took back changes of yours in cart\.ts.*Keep the array/);
  },
  { files, settings, folder: 'cart', script: { replies: [...script.replies, { when: 'Go on', text: 'Well.' }] } },
);

scenario(
  'The peek view undoes a change, all changes open in one editor, and Source Control keeps what is left of a file',
  async (context) => {
    const { page, workbench, chat, workspace } = context;
    await makeChanges(context);
    await workbench.focusEditor();
    await workbench.goTo(1);
    // The editor's own way to the next change, which knows ours as it knows git's.
    await page.keyboard.press('Alt+F3');
    await page.locator('.peekview-widget [aria-label^="Undo Change"]').click();
    await until('the first change to be undone', () => !workspace.read('cart.ts').includes('RangeError'));
    await page.keyboard.press('Escape');
    await count('two changes left', lenses(page, 'Keep'), 2);

    await lenses(page, 'Make the cart safe').first().click();
    await until('the chat to have the focus', () => chat.frame.locator('body').evaluate(() => document.hasFocus()));

    await workbench.runCommand('Sage: Open All Changes');
    const shows = async (title) => {
      await page.locator('.tab.active', { hasText: title }).waitFor();
      await page.locator('.editor-group-container.active .line-insert').first().waitFor();
    };
    await shows('Changes to Review');
    await chat.part('open-since').click();
    await shows('Changes since the Prompt');

    await page.keyboard.press('Control+Shift+G');
    // Git's row of the same name stands above ours.
    const row = page.locator('.scm-view .monaco-list-row', { hasText: 'cart.ts' }).last();
    await row.hover();
    await row.locator('[aria-label^="Keep Changes in File"]').click();
    await chat.part('changed-files').waitFor({ state: 'detached' });
    assert.match(workspace.read('cart.ts'), /filter[\s\S]*reduce/);
  },
  { files, script, settings, folder: 'cart' },
);

scenario(
  'What is to be reviewed is readable and has no serious accessibility problem, in every kind of theme',
  async (context) => {
    const { workbench, chat } = context;
    await makeChanges(context);
    await workbench.widenSideBar(470);
    await chat.frame.locator('[data-testid=changed-files] .dock-head').click();
    await screenshotInThemes(context, 'review');
    await assertReadable(context, 'with the list open');
    await chat.part('restore').click();
    await chat.part('restore-confirm').waitFor();
    await screenshotInThemes(context, 'restore');
    await assertReadable(context, 'with the dialog open');
    await chat.part('restore-confirm').click();
    await chat.part('redo').waitFor();
    await assertReadable(context, 'with the card of the restore');
  },
  { files, script, folder: 'cart', settings: { ...settings, 'workbench.colorTheme': 'Dark Modern' } },
);
