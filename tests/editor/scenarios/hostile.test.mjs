import assert from 'node:assert/strict';
import { markdown, names, output } from '../corpus/hostile.mjs';
import { scenario } from '../driver/scenario.mjs';

const outputs = Object.values(output);
const files = Object.fromEntries(outputs.map((text, index) => [`out${index}.txt`, text]));

/** One turn of many rounds: each says something hostile, and reads something with a hostile name or hostile in it. */
const rounds = Object.values(markdown).map((text, index) => ({
  steps: [
    { text },
    index < outputs.length
      ? { toolCall: 'run_command', arguments: { command: `cat out${index}.txt` } }
      : { toolCall: 'read_file', arguments: { path: `${names[index % names.length]}${index}` } },
  ],
}));

scenario(
  'Nothing hostile that a model or a command says runs, loads, covers the composer or holds up the panel',
  async ({ page, chat, workbench }) => {
    await workbench.openFile('a.txt');
    await chat.open();
    await workbench.widenSideBar(300);
    const body = chat.frame.locator('body');
    await body.evaluate(() => {
      window.longest = 0;
      window.refused = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
      }).observe({ type: 'longtask' });
      document.addEventListener('securitypolicyviolation', ({ blockedURI }) => window.refused.push(blockedURI));
    });
    const asked = [];
    page.on('request', (request) => /evil/.test(request.url()) && asked.push(request.url()));

    // The prompt is soon so far up that the list does not hold it any more, so nobody waits for it.
    await chat.composer.click();
    await page.keyboard.type('Say all of it');
    await page.keyboard.press('Enter');
    await chat.part('item-turn-end', { outcome: 'completed' }).waitFor({ state: 'attached', timeout: 120_000 });
    await chat.part('item-tool').first().waitFor({ state: 'attached' });
    // Each was drawn when it came; now all of it again, from the end to the beginning.
    for (let step = 0; step < 600; step++) {
      await look(chat, `${step} steps up`);
      const isTop = await body.evaluate(() => {
        const scroller = [...document.querySelectorAll('*')].find(
          (one) =>
            one.scrollHeight > one.clientHeight + 4 &&
            getComputedStyle(one).overflowY === 'auto' &&
            one.clientHeight > 150,
        );
        scroller?.scrollBy(0, -3000);
        return scroller === undefined || scroller.scrollTop === 0;
      });
      await body.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      if (isTop) break;
    }

    for (const frame of page.frames()) {
      assert.equal(await frame.evaluate(() => window.hostile).catch(() => undefined), undefined, frame.url());
    }
    assert.deepEqual(asked, [], 'no request left');
    const { longest, refused } = await body.evaluate(() => ({ longest: window.longest, refused: window.refused }));
    assert.deepEqual(refused, [], 'nothing even had to be refused by the policy');
    // Whatever blocks grows with the input and takes many seconds; a busy machine takes a second for what is none.
    assert.ok(longest < 3000, `the longest task took ${Math.round(longest)} ms`);
  },
  {
    alone: true,
    files: { 'a.txt': 'a\n', ...files },
    script: { replies: [{ when: 'Say all', ...rounds[0] }, ...rounds.slice(1), { text: 'That was all.' }] },
    timeout: 300_000,
  },
);

const insideOurPage = ['script', 'iframe', 'object', 'embed', 'form', 'svg', 'img', 'style', 'video', 'audio', 'link']
  .map((tag) => `#root ${tag}`)
  .join(', ');

/** Nothing is wider than the panel, and the composer can be seen and reached. */
async function look(chat, where) {
  const found = await chat.frame.locator('body').evaluate((body, strange) => {
    const composer = document.querySelector('[data-testid=composer-input]');
    const { left, top, width, height, bottom } = composer.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return {
      wide: body.scrollWidth > body.clientWidth || document.documentElement.scrollWidth > window.innerWidth,
      covered: hit !== composer && !composer.contains(hit),
      outside: bottom > window.innerHeight || top < 0,
      // The editor itself puts a script beside our page, not into it.
      strange: [...document.querySelectorAll(strange)].map((one) => one.outerHTML.slice(0, 200)),
    };
  }, insideOurPage);
  assert.deepEqual(found, { wide: false, covered: false, outside: false, strange: [] }, where);
}
