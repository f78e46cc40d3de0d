import assert from 'node:assert/strict';
import { assertReadable } from '../../driver/accessibility.mjs';
import { scenario } from '../../driver/scenario.mjs';
import { until } from '../../driver/wait.mjs';

const code = 'export function total(prices) {\n  return prices.reduce((sum, price) => sum + price, 0);\n}';
const prompt = 'Make the cart safe against negative prices and unknown items';
const script = {
  replies: [
    {
      when: prompt,
      steps: [
        { text: `In \`cart.js\`:\n\n\`\`\`js cart.js\n${code}\n\`\`\`` },
        {
          toolCall: 'edit_file',
          arguments: { path: 'cart.js', edits: [{ old_text: 'prices.total', new_text: 'prices.filter' }] },
        },
      ],
    },
    { text: 'The cart is safe now.' },
  ],
};

/** Nothing is wider than the view, what may scroll has a frame of its own, and everything can be read. */
async function fits(context, what) {
  const widths = await context.chat.frame
    .locator('body')
    .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
  assert.ok(widths[0] <= widths[1], `${what}: ${widths[0]} of ${widths[1]} pixels`);
  await assertReadable(context, what);
}

scenario(
  'In the narrowest view the history, an edited prompt and its dialog can be read and used, in every kind of theme',
  async (context) => {
    const { page, workbench, chat } = context;
    await workbench.openFile('cart.js');
    await chat.open();
    await workbench.widenSideBar(260);
    await chat.send(prompt);
    await chat.turnEnded();
    await chat.part('item-user').hover();
    await until('the actions to be seen', () =>
      chat.part('prompt-actions').evaluate((actions) => getComputedStyle(actions).opacity === '1'),
    );
    await fits(context, 'the conversation');

    await chat.part('edit-prompt').click();
    await chat.part('editing').waitFor();
    await fits(context, 'an edited prompt');
    await page.keyboard.press('Enter');
    await chat.part('resend-restore').waitFor();
    await fits(context, 'the dialog');
    await page.keyboard.press('Escape');
    await chat.part('cancel-edit').click();

    await chat.showHistory();
    await chat.part('history-item').hover();
    await fits(context, 'the history');
    await chat.part('history-search').fill('negative');
    await chat.frame.locator('.history mark').first().waitFor();
    await fits(context, 'what was found');
  },
  {
    files: { 'cart.js': 'export const total = (prices) => prices.total;\n' },
    folder: 'shop',
    script,
    settings: { 'sage.defaultMode': 'autoEdit', 'workbench.colorTheme': 'Dark Modern' },
    timeout: 300_000,
  },
);
