import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot } from '../driver/screenshots.mjs';

const conflict = (ours, theirs) => ['<<<<<<< HEAD', ours, '=======', theirs, '>>>>>>> feature/tax'];
const text = [
  'const rate = 0.2;',
  ...conflict('const total = net;', 'const total = net * (1 + rate);'),
  'const after = total;',
  ...conflict('let shown = total;', 'let shown = after;'),
  '',
].join('\n');
const resolved = ['const rate = 0.2;', 'const total = net * (1 + rate);', 'const after = total;'].join('\n');

scenario(
  'A conflict is resolved in its place and accepted, and what is left of the file is asked for in the chat',
  async ({ page, workbench, chat, model }) => {
    await workbench.openFile('tax.js');
    await workbench.focusEditor();
    await workbench.codeLens('Resolve with Sage').waitFor();
    await screenshot(page, 'conflicts');
    await workbench.codeLens('Resolve with Sage').click();
    await workbench.codeLens('Accept').waitFor();
    await workbench.expectEditor(new RegExp(`^${resolved.replace(/[.*()+]/g, '\\$&')}\n<<<<<<< HEAD`));
    const [inline] = await model.requests();
    const asked = JSON.stringify(inline.body.messages.at(-1));
    assert.match(asked, /<target>\\n<<<<<<< HEAD\\nconst total = net;\\n=======/);
    assert.match(asked, /Resolve this merge conflict between HEAD and feature\/tax/);
    await page.keyboard.press('Control+Enter');
    await workbench.codeLens('Reject').waitFor({ state: 'detached' });

    await workbench.runCommand('Sage: Resolve All Merge Conflicts in This File');
    await chat.find();
    await chat.turnEnded();
    const sent = JSON.stringify((await model.requests()).at(-1).body.messages.at(-1));
    assert.match(sent, /Resolve the merge conflict in tax\.js/);
    assert.match(sent, /<conflict title=\\"Conflicts in tax\.js\\">\\nlines 4-8:\\n<<<<<<< HEAD\\nlet shown = total;/);
  },
  {
    folder: 'tax',
    files: { 'tax.js': text },
    settings: { ...forPictures, 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
    script: {
      replies: [
        { when: 'Write the text that replaces', text: 'const total = net * (1 + rate);' },
        { text: 'The feature wins.' },
      ],
    },
  },
);
