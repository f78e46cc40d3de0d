import assert from 'node:assert/strict';
import { seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures } from '../driver/screenshots.mjs';

const hebrew = 'תקן את הבאג ב-queue.ts בבקשה';
const reply = 'מצאתי את הבעיה:\n\n- השורה `this.last = next` נשברת\n\n```ts\nthis.last = next.catch(() => {});\n```\n';

/** How far the first letter is from both sides of its box, in pixels. */
function firstLetter(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  range.setStart(walker.nextNode(), 0);
  range.setEnd(walker.currentNode, 1);
  const letter = range.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  return { left: letter.left - box.left, right: box.right - letter.right };
}

scenario(
  'At 200 % zoom, and in a language that runs from right to left, a prompt is written, allowed and read by keyboard',
  async ({ page, workbench, chat, workspace }) => {
    // What a window of 1,400 by 900 pixels has left at twice the size.
    await page.setViewportSize({ width: 700, height: 450 });
    await chat.open();
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.widenSideBar(400);
    await chat.composer.click();
    await page.keyboard.type(hebrew);
    const written = await chat.composer.evaluate((field) => getComputedStyle(field).unicodeBidi);
    assert.equal(written, 'plaintext');
    await page.keyboard.press('Enter');

    await chat.approvalFocused();
    const allow = await chat.part('approval-allow').boundingBox();
    assert.ok(allow.y + allow.height <= 450, 'the button is in sight');
    const widths = await chat.frame.locator('body').evaluate((body) => [body.scrollWidth, body.clientWidth]);
    assert.ok(widths[0] <= widths[1], `${widths[0]} of ${widths[1]} pixels`);
    assert.deepEqual(await seriousProblems(chat.frame), []);
    await page.keyboard.press('Enter');
    await chat.turnEnded();
    assert.match(workspace.read('queue.ts'), /catch/);

    const said = chat.reply('מצאתי').locator('p').first();
    for (const text of [chat.part('item-user').locator('.user-text'), said]) {
      const { left, right } = await text.evaluate(firstLetter);
      assert.ok(right < left, `it begins on the right: ${left} from the left, ${right} from the right`);
    }
    const code = await chat.reply('מצאתי').locator('pre code').first().evaluate(firstLetter);
    assert.ok(code.left < code.right, 'code begins on the left');
  },
  {
    folder: 'queue',
    files: { 'queue.ts': 'this.last = next;\n' },
    settings: { ...forPictures, 'workbench.colorTheme': 'Light Modern' },
    script: {
      replies: [
        {
          when: 'queue.ts',
          steps: [
            {
              toolCall: 'edit_file',
              arguments: { path: 'queue.ts', edits: [{ old_text: 'next;', new_text: 'next.catch(() => {});' }] },
            },
          ],
        },
        { steps: [{ text: reply }] },
      ],
    },
  },
);
