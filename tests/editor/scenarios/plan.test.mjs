import assert from 'node:assert/strict';
import { assertCardFits, seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

const firstPlan = [
  '## Keep the queue alive',
  '',
  'A job that fails leaves `last` rejected, so every later job is skipped.',
  '',
  '1. In `src/queue.ts`, go on after a failure:',
  '   ```ts',
  '   this.last = next.catch(() => undefined);',
  '   ```',
  '2. Add a test with a job that fails',
  '3. Rename `last` to `tail` everywhere',
].join('\n');
const secondPlan = ['## Keep the queue alive', '', '1. In `src/queue.ts`, go on after a failure', '2. Add a test'].join(
  '\n',
);
const propose = (plan) => ({ toolCall: 'exit_plan_mode', arguments: { plan } });
const list = (...statuses) => ({
  toolCall: 'update_plan',
  arguments: {
    items: ['In src/queue.ts, go on after a failure', 'Add a test'].map((text, i) => ({ text, status: statuses[i] })),
  },
});
const edit = {
  toolCall: 'edit_file',
  arguments: {
    path: 'src/queue.ts',
    edits: [{ old_text: 'this.last = next;', new_text: 'this.last = next.catch(() => undefined);' }],
  },
};
const files = { 'src/queue.ts': 'this.last = next;\n' };

scenario(
  'A plan is commented by keyboard and revised; the accepted one is carried out without asking, and its steps are kept',
  async ({ page, workbench, chat, workspace, model }) => {
    await chat.open();
    await chat.composer.click();
    await page.keyboard.type('/plan Later jobs are skipped');
    await page.keyboard.press('Enter');
    await chat.part('plan-review').waitFor();
    assert.match(await chat.part('mode-picker').textContent(), /Plan/);
    await assertCardFits({ page, workbench, chat }, 'plan-review', 'plan');

    // One tab stop for all parts; the arrows go from one to the next.
    await chat.part('plan-comment').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    const field = chat.part('plan-comment-field').getByRole('textbox');
    await field.waitFor();
    await until('the field to have the focus', () => field.evaluate((element) => element === document.activeElement));
    await page.keyboard.type('Not in this change');
    await page.keyboard.press('Enter');
    await chat.part('plan-comment-text').filter({ hasText: 'Not in this change' }).waitFor();
    assert.deepEqual(await seriousProblems(chat.frame), [], 'with a comment');
    await screenshot(page, 'plan-dark');
    await chat.part('plan-revise').focus();
    await page.keyboard.press('Enter');

    await chat.part('plan-review').filter({ hasText: 'Add a test' }).filter({ hasNotText: 'everywhere' }).waitFor();
    const said = (await model.requests()).at(-1).body.messages.at(-1);
    assert.match(JSON.stringify(said), /> 3\. Rename `last` to `tail` everywhere\\nNot in this change/);
    await chat.part('item-tool', { tool: 'exit_plan_mode' }).filter({ hasText: 'changes asked for' }).waitFor();

    await chat.part('plan-accept-auto').focus();
    await page.keyboard.press('Enter');
    await chat.turnEnded();
    assert.equal(workspace.read('src/queue.ts'), 'this.last = next.catch(() => undefined);\n');
    assert.equal(await chat.part('approval').count(), 0, 'nobody was asked about the edit');
    await until('the mode to have changed', async () => !/Plan/.test(await chat.part('mode-picker').textContent()));
    await chat.part('plan').filter({ hasText: 'Add a test' }).waitFor();
    await chat.part('item-tool', { tool: 'exit_plan_mode' }).filter({ hasText: 'accepted' }).waitFor();
  },
  {
    files,
    settings: { ...forPictures, 'workbench.colorTheme': 'Dark Modern' },
    script: {
      replies: [
        { when: 'Later jobs are skipped', steps: [{ text: 'I have looked.' }, propose(firstPlan)] },
        propose(secondPlan),
        edit,
        list('completed', 'in_progress'),
        { text: 'Done.' },
      ].map((reply) => ('when' in reply || 'text' in reply ? reply : { steps: [reply] })),
    },
  },
);

scenario(
  'A changed plan outlives a reload of the panel; accepted with edits to be asked about, each is',
  async ({ workbench, chat }) => {
    await chat.open();
    await chat.send('Later jobs are skipped');
    await chat.part('plan-review').waitFor();
    await chat.part('plan-edit').click();
    await chat.part('plan-field').fill('1. Only the queue');
    await chat.part('plan-done').click();
    // What was written is kept within a moment.
    await until('the change to be kept', () =>
      chat.frame.locator('body').evaluate(() => new Promise((done) => setTimeout(() => done(true), 300))),
    );
    await workbench.runCommand('Developer: Reload Webviews');
    await chat.find();
    await chat.part('plan-review').filter({ hasText: 'Only the queue' }).waitFor();
    await chat.part('plan-accept').click();
    await chat.part('approval').waitFor();
    await chat.part('plan').filter({ hasText: 'Only the queue' }).waitFor();
    await chat.part('approval-deny').click();
    await chat.turnEnded();
  },
  {
    files,
    settings: { 'sage.defaultMode': 'plan' },
    script: {
      replies: [
        { when: 'Later jobs are skipped', steps: [propose(firstPlan)] },
        { steps: [edit] },
        { text: 'Not done.' },
      ],
    },
  },
);
