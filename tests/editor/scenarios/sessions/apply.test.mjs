import assert from 'node:assert/strict';
import { seriousProblems } from '../../driver/accessibility.mjs';
import { scenario } from '../../driver/scenario.mjs';
import { forPictures, screenshot } from '../../driver/screenshots.mjs';
import { until } from '../../driver/wait.mjs';

const cart = "import { sum } from './sum';\n\nexport function total(prices) {\n  return sum(prices);\n}\n";
const block = 'export function total(prices) {\n  return sum(prices.filter((price) => price > 0));\n}';
const answer = `Refunds are counted as prices. In \`src/cart.js\`:\n\n\`\`\`js\n${block}\n\`\`\`\n`;
const script = {
  replies: [
    { when: 'Why is the total wrong', text: answer },
    {
      when: 'Apply this code block to src/cart.js',
      steps: [
        {
          toolCall: 'edit_file',
          arguments: {
            path: 'src/cart.js',
            edits: [{ old_text: 'sum(prices)', new_text: 'sum(prices.filter((price) => price > 0))' }],
          },
        },
      ],
    },
    { text: 'Applied.' },
  ],
};

scenario(
  'A code block of a reply is applied to the file that the text above it names, is to be reviewed, and can be undone',
  async ({ page, workbench, chat, workspace, model }) => {
    await workbench.openFile('readme.md');
    await chat.open();
    await workbench.widenSideBar(470);
    await chat.send('Why is the total wrong?');
    await chat.turnEnded();
    const button = chat.frame.locator('[data-action=apply]');
    await button.click();
    await chat.turnEnded('completed', 2);
    await until('the file on disk', () => workspace.read('src/cart.js').includes('filter'));
    await chat.part('changed-files').filter({ hasText: '1 file to review' }).waitFor();
    assert.equal(await chat.part('apply-words').textContent(), 'Apply to src/cart.js3 lines');
    const asked = (await model.requests()).find(({ body }) => /Apply this code block/.test(JSON.stringify(body)));
    const words = JSON.stringify(asked.body.messages);
    assert.match(words, /import \{ sum \}[\s\S]*Change nothing else\.[\s\S]*prices\.filter/, 'the file and the block');
    await screenshot(page, 'apply-dark');
    assert.deepEqual(await seriousProblems(chat.frame), [], 'with the applied block');

    await workbench.openFile('cart.js');
    await workbench.codeLens('Undo').click();
    await until('the file as it was', () => workspace.read('src/cart.js') === cart);
    await chat.part('changed-files').waitFor({ state: 'detached' });
  },
  {
    files: { 'src/cart.js': cart, 'readme.md': '# Cart\n' },
    folder: 'cart',
    script,
    settings: { ...forPictures, 'sage.defaultMode': 'autoEdit', 'workbench.colorTheme': 'Dark Modern' },
  },
);
