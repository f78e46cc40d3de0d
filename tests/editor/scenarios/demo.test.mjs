import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { screenshotInThemes } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

const readme = '# Parcel\n\nSends things.\n';

scenario(
  'Without any model the demo says that it is no AI, looks around with the real tools, and its edit lands when allowed',
  async ({ page, workbench, chat, workspace }) => {
    await workbench.openFile('README.md');
    await chat.open();
    await chat.part('model-picker').filter({ hasText: 'no AI' }).waitFor();
    await screenshotInThemes({ page, chat }, 'welcome');
    await chat.send('look around');

    await chat.approvalFocused();
    const first = chat.part('item-reply').first();
    assert.match(await first.textContent(), /^I am Sage's offline demo model: rules, no AI\./);
    const looked = chat.part('tool-group').first();
    assert.match(await looked.textContent(), /^Read 1 file, searched once, matched 1 pattern, listed 1 folder/);
    const found = chat.reply('Here is what I found');
    assert.match(await found.textContent(), /3 files.*1 open TODO.*src\/send\.ts:2/s, 'the tools saw these very files');
    assert.equal(workspace.read('README.md'), readme, 'nothing is written before it is allowed');

    await page.keyboard.press('Enter');
    await chat.turnEnded();
    await until('the edit on disk', () => workspace.read('README.md') !== readme);
    assert.match(workspace.read('README.md'), /^# Parcel\n\nSends things\.\n\n_Sage's offline demo was here\..*_\n$/);
    await workbench.expectEditor(/offline demo was here/);
    await chat.part('changed-files').filter({ hasText: '1 file to review' }).waitFor();
  },
  {
    settings: { 'sage.model': 'demo/demo' },
    files: {
      'README.md': readme,
      'src/send.ts': 'export function send(parcel: string) {\n  // TODO: weigh it\n  return parcel;\n}\n',
      'build.py': "print('hi')\n",
    },
  },
);
