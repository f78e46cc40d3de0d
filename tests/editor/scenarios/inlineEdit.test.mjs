import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

// Windows line endings and no newline at the end: what a careless edit would lose.
const original = 'function area(w, h) {\r\n  return w * h;\r\n}\r\n\r\nmodule.exports = area;';
const newLines = ['function area(width, height) {', '  return width * height;', '}'];
const edited = ['function area(width, height) {', '  return width * height;', '}', '', 'module.exports = area;'].join(
  '\n',
);

const options = {
  folder: 'area',
  settings: { ...forPictures, 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
  files: { 'area.js': original },
  script: {
    replies: [
      {
        when: 'longer names',
        steps: [
          { text: `${newLines[0]}\n${newLines[1].slice(0, 8)}` },
          { gate: 'half' },
          { text: ` width * height;\n}` },
        ],
      },
    ],
  },
};

/** Asks for the edit, and waits until half of it stands in the buffer. From then on the editor's keys are the edit's. */
async function askForEdit({ page, workbench, model }) {
  await workbench.openFile('area.js');
  await workbench.focusEditor();
  await workbench.selectLines(1, 3);
  // Twice, like someone who saw nothing happen: the extension is still starting.
  await page.keyboard.press('Control+Alt+K');
  await page.keyboard.press('Control+Alt+K');
  await workbench.answerInput('longer names');
  await model.reached('half');
  await workbench.expectEditor(/width, height\) \{\n {2}return/);
}

scenario(
  'An inline edit streams into the file, is accepted, and one Undo takes all of it back',
  async (context) => {
    const { page, workbench, workspace, model } = context;
    await askForEdit(context);
    await model.release('half');
    await workbench.codeLens('Accept').waitFor();
    await workbench.expectEditor(edited);
    await screenshot(page, 'inline-edit');
    await page.keyboard.press('Control+Enter');
    await workbench.codeLens('Accept').waitFor({ state: 'detached' });
    await workbench.expectEditor(edited);

    await workbench.undo();
    await workbench.expectEditor(original.replaceAll('\r\n', '\n'));
    await workbench.dirtyTab.waitFor({ state: 'detached' });
    await until('every byte to be as it was', () => workspace.read('area.js') === original);
  },
  options,
);

scenario(
  'A rejected inline edit leaves every byte as it was',
  async (context) => {
    const { page, workbench, workspace, model } = context;
    await askForEdit(context);
    await model.release('half');
    await workbench.codeLens('Reject').waitFor();
    await workbench.expectEditor(edited);
    await page.keyboard.press('Escape');
    await workbench.codeLens('Reject').waitFor({ state: 'detached' });
    await workbench.expectEditor(original.replaceAll('\r\n', '\n'));

    // What is in the buffer reaches the disk, however the editor sees its own state.
    await page.keyboard.press('Control+S');
    await workbench.dirtyTab.waitFor({ state: 'detached' });
    await until('every byte to be as it was', () => workspace.read('area.js') === original);
  },
  options,
);

scenario(
  'Escape while an inline edit streams stops the model and restores the text',
  async (context) => {
    const { page, workbench, workspace, model } = context;
    await askForEdit(context);
    await page.keyboard.press('Escape');
    await workbench.codeLens('Stop (Esc)').waitFor({ state: 'detached' });
    await workbench.expectEditor(original.replaceAll('\r\n', '\n'));
    await until('the request to be given up', async () => (await model.requests())[0].abandoned);
    await until('every byte to be as it was', () => workspace.read('area.js') === original);
  },
  options,
);

scenario(
  'An inline edit is refined where it stands, and a rejection still brings back what was there before both',
  async (context) => {
    const { page, workbench, workspace, model } = context;
    await askForEdit(context);
    await model.release('half');
    await workbench.codeLens('Refine…').click();
    await workbench.answerInput('say extent');
    await workbench.expectEditor(edited.replaceAll('width', 'extent'));
    await workbench.codeLens('Accept').waitFor();
    const sent = JSON.stringify((await model.requests())[1].body.messages.at(-1));
    assert.match(sent, /<target>\\nfunction area\(width, height\)/);
    assert.match(sent, /<original>\\nfunction area\(w, h\)/);
    assert.match(sent, /- longer names\\n/);

    await page.keyboard.press('Escape');
    await workbench.codeLens('Reject').waitFor({ state: 'detached' });
    await workbench.expectEditor(original.replaceAll('\r\n', '\n'));
    await page.keyboard.press('Control+S');
    await until('every byte to be as it was', () => workspace.read('area.js') === original);
  },
  {
    ...options,
    script: {
      replies: [
        { when: 'Instruction: say extent', text: newLines.join('\n').replaceAll('width', 'extent') },
        ...options.script.replies,
      ],
    },
  },
);
