import assert from 'node:assert/strict';
import { scenario } from '../../driver/scenario.mjs';
import { until } from '../../driver/wait.mjs';

const turns = 2000;

/** A session as a file, with more events than are shown at once. */
function exported() {
  const at = '2026-01-01T00:00:00Z';
  const events = [{ type: 'sessionCreated', version: 2, workspace: '/elsewhere' }];
  for (let turn = 1; turn <= turns; turn++) {
    const turnId = `turn-${turn}`;
    const usage = { inputTokens: 1, outputTokens: 1 };
    events.push(
      { type: 'turnStarted', turnId, prompt: `Question ${turn}`, mode: 'ask', model: 'scripted-model' },
      { type: 'replyEnded', replyId: `reply-${turn}`, stopReason: 'endTurn', text: `Answer ${turn}` },
      { type: 'turnEnded', turnId, outcome: 'completed', usage },
    );
  }
  const envelopes = events.map((event, index) => ({ sessionId: 'other', seq: index + 1, at, event }));
  return JSON.stringify({ format: 'sage-session', title: 'Long', events: envelopes });
}

scenario(
  'A long session is imported from a file, opens at its end, and its earlier part comes without moving what is in sight',
  async ({ page, workbench, chat }) => {
    await workbench.openFile('readme.md');
    await chat.open();
    await chat.showHistory();
    await chat.part('import-session').click();
    await workbench.quickPick('long.json').click();
    await chat.part('history').waitFor({ state: 'detached' });
    await chat.reply(`Answer ${turns}`).waitFor();

    const earlier = chat.part('earlier');
    assert.equal(await earlier.getAttribute('data-state'), 'more');
    const transcript = chat.part('transcript');
    await transcript.evaluate((list) => {
      list.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
      list.scrollTop = 5000;
    });
    const first = chat.part('item-user').first();
    const seen = async () => {
      const rows = await chat.part('item-user').all();
      for (const row of rows) {
        const box = await row.boundingBox();
        const frame = await transcript.boundingBox();
        if (box.y > frame.y + 40) return { text: await row.locator('.user-text').textContent(), y: box.y };
      }
    };
    await first.waitFor();
    await until('the list to be drawn there', async () => (await transcript.evaluate((list) => list.scrollTop)) > 4900);
    const before = await settled(seen);
    await earlier.locator('button').evaluate((button) => button.focus({ preventScroll: true }));
    await page.keyboard.press('Enter');
    const height = () => transcript.evaluate((list) => list.scrollTop);
    await until('the part before to be there', async () => (await height()) > 6000);
    const after = await settled(seen);
    assert.equal(after.text, before.text, 'the same prompt stands there');
    assert.ok(Math.abs(after.y - before.y) <= 2, `it moved from ${before.y} to ${after.y}`);

    await transcript.focus();
    await until('all of it by scrolling up', async () => {
      await page.keyboard.press('Home');
      return (await earlier.getAttribute('data-state')) === 'all';
    });
    await page.keyboard.press('Home');
    await chat
      .part('item-user')
      .filter({ hasText: /^Question 1$/ })
      .waitFor();
    await earlier.filter({ hasText: 'The beginning of the session' }).waitFor();
  },
  { files: { 'readme.md': '# Long\n', 'long.json': exported() }, script: { replies: [] } },
);

/** The same answer twice in a row. */
async function settled(ask) {
  let last;
  return until('the list to stand still', async () => {
    const now = await ask();
    const same = now && JSON.stringify(now) === JSON.stringify(last);
    last = now;
    return same && now;
  });
}
