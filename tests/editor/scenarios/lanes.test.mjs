import assert from 'node:assert/strict';
import { seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshotInThemes } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

const wait = (seconds) => ({ toolCall: 'run_command', arguments: { command: `sleep ${seconds}` } });

scenario(
  'Calls that run at once stand side by side, one of them is stopped alone by keyboard, and words are found in what they said',
  async ({ page, workbench, chat, model }) => {
    await chat.open();
    await workbench.widenSideBar(430);
    await chat.send('Wait twice');
    const lanes = chat.part('lane');
    await until('two lanes', async () => (await lanes.count()) === 2);
    await screenshotInThemes({ page, chat }, 'lanes');
    assert.deepEqual(await seriousProblems(chat.frame), []);

    await lanes.filter({ hasText: 'sleep 301' }).locator('[data-testid=stop-call]').focus();
    await page.keyboard.press('Enter');
    await chat.part('lanes').waitFor({ state: 'detached' });
    await chat.part('item-tool', { status: 'cancelled' }).waitFor();
    assert.equal(await chat.part('item-tool', { status: 'running' }).count(), 1, 'the other one goes on');

    await chat.part('item-tool', { status: 'running' }).locator('[data-testid=stop-call]').click();
    await chat.turnEnded();
    const results = (await model.requests()).at(-1).body.messages.filter(({ role }) => role === 'tool');
    assert.equal(results.length, 2);
    for (const { content } of results) assert.match(JSON.stringify(content), /stopped/i);

    await page.keyboard.press('Control+F');
    await chat.focused('find-field');
    await page.keyboard.type('SLEEP 30');
    await until('both places', async () => /of 2/.test((await chat.part('find-count').textContent()) ?? ''));
    const at = () => chat.part('find-count').textContent();
    const first = await at();
    await page.keyboard.press('Enter');
    await until('the other place', async () => (await at()) !== first);
    const marked = () => chat.frame.locator('body').evaluate(() => CSS.highlights.get('sage-find')?.size ?? 0);
    await until('the places to be marked', async () => (await marked()) >= 2);
    await screenshotInThemes({ page, chat }, 'find');
    await chat.part('find-field').click();
    assert.deepEqual(await seriousProblems(chat.frame), []);
    await page.keyboard.press('Escape');
    await chat.focused('composer-input');
    assert.equal(await marked(), 0);
  },
  {
    folder: 'shop',
    settings: { ...forPictures, 'workbench.colorTheme': 'Dark Modern' },
    script: {
      replies: [{ when: 'Wait twice', steps: [wait(300), wait(301)] }, { steps: [{ text: 'You stopped both.' }] }],
    },
  },
);
