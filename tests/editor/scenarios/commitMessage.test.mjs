import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

const options = {
  folder: 'shop',
  files: { 'cart.ts': 'export const rounded = (price: number) => price;\n', 'note.txt': 'a\n' },
  settings: { ...forPictures, 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
  script: {
    replies: [
      {
        when: 'Write the message of this commit',
        steps: [{ text: 'fix: round prices' }, { gate: 'half' }, { text: ' to cents' }],
      },
    ],
  },
};

function git(workspace, ...args) {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  const { status, stderr } = spawnSync('git', [...who, ...args], { cwd: workspace.path, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

/** A commit, then one change that is staged and one that is not, with the source control in view. */
async function stageChange({ page, workspace }) {
  git(workspace, 'add', '.');
  git(workspace, 'commit', '--quiet', '-m', 'feat: a cart');
  workspace.write('cart.ts', 'export const rounded = (price: number) => Math.round(price * 100) / 100;\n');
  git(workspace, 'add', 'cart.ts');
  workspace.write('note.txt', 'b\n');
  await page.keyboard.press('Control+Shift+G');
  await page.locator('.scm-view .monaco-list-row', { hasText: 'Staged Changes' }).waitFor({ timeout: 60_000 });
  // The buttons of a title are there for who points at its view.
  await page.locator('.scm-view').first().hover();
}

const action = (page, label) => page.locator(`.part.sidebar [aria-label^="${label}"]`).first();
const box = (page) => page.locator('.scm-view .scm-editor .view-lines').first();
const boxText = async (page) => (await box(page).textContent()).replace(/\u00a0/g, ' ').trim();
const boxShows = (page, text) => until(`the box to say “${text}”`, async () => (await boxText(page)) === text);

scenario(
  'The message of a commit is drafted for what is staged, in the style of the commits before and with what was begun, and can be undone',
  async (context) => {
    const { page, model } = context;
    await stageChange(context);
    await box(page).click();
    await page.keyboard.type('fix:');
    await action(page, 'Generate Commit Message').click();
    await model.reached('half');
    await action(page, 'Stop Writing the Commit Message').waitFor();
    await screenshot(page, 'commit-message');
    await model.release('half');
    await boxShows(page, 'fix: round prices to cents');
    await action(page, 'Generate Commit Message').waitFor();

    const [{ body }] = await model.requests();
    const sent = JSON.stringify(body.messages.at(-1));
    assert.match(sent, /\+export const rounded = \(price: number\) => Math\.round/);
    assert.doesNotMatch(sent, /note\.txt/, 'what is not staged is not part of the commit');
    assert.match(sent, /<recent_messages>\\nfeat: a cart\\n/);
    assert.match(sent, /beginning:\\nfix:"/);
    assert.equal(body.tools, undefined);

    // The hover of the button would lie over the box.
    await page.mouse.move(700, 400);
    await box(page).click();
    await page.keyboard.press('Control+Z');
    await boxShows(page, 'fix:');
  },
  options,
);

scenario(
  'Stopping the draft of a commit message gives up the request and leaves the box as it was',
  async (context) => {
    const { page, model } = context;
    await stageChange(context);
    await action(page, 'Generate Commit Message').click();
    await model.reached('half');
    await action(page, 'Stop Writing the Commit Message').click();
    await until('the request to be given up', async () => (await model.requests())[0].abandoned);
    await action(page, 'Generate Commit Message').waitFor();
    assert.doesNotMatch(await boxText(page), /round prices/);
  },
  options,
);
