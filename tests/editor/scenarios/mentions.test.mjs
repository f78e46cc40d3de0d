import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshotInThemes } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

const cart = 'export function total(prices: number[]): number {\n  return prices.reduce((a, b) => a + b, 0);\n}\n';
const broken = "import { total } from './cart';\n\nconst sum: string = total([1, 2]);\nconsole.log(sum);\n";

scenario(
  'A prompt points at a file, a folder, a symbol, problems, terminal output and changes, and the model reads all of them',
  async ({ page, workbench, chat, workspace, model }) => {
    spawnSync('git', ['add', '--intent-to-add', 'src/helpers/index.ts'], { cwd: workspace.path });
    await workbench.openFile('main.ts');
    await chat.open();
    await workbench.widenSideBar(430);
    const option = (label) =>
      chat.part('command-option').filter({ has: chat.frame.locator('.pick-label', { hasText: label }) });
    const chip = (label) => chat.part('chip').filter({ hasText: label });
    /** Writes the words and takes the first option as soon as it is the wanted one, by keyboard alone. */
    const point = async (words, label, shown = label) => {
      await page.keyboard.type(words);
      await option(label).first().waitFor();
      await page.keyboard.press('Tab');
      await chip(shown).last().waitFor();
    };

    await chat.composer.click();
    await page.keyboard.type('Look at ');
    await point('@cart', /^cart\.ts$/);
    await point('#helpe', /^helpers$/, 'src/helpers/');
    await until('the language server to know the symbol', async () => {
      await page.keyboard.type('@tota');
      const found = await option(/^total$/)
        .first()
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => false,
        );
      if (!found) for (let i = 0; i < 5; i++) await page.keyboard.press('Backspace');
      return found;
    });
    await option(/^total$/)
      .first()
      .click();
    await chip('cart.ts:1').waitFor();

    await page.keyboard.type('@');
    await option('Problems in This File').waitFor();
    await screenshotInThemes({ page, chat }, 'mentions');
    await chat.composer.click();
    await page.keyboard.press('End');
    assert.deepEqual(await seriousProblems(chat.frame), []);
    await page.keyboard.type('problems');
    await page.keyboard.press('Tab');
    await chip('Problems in').waitFor();
    await point('#chan', 'Changes');

    await workbench.runCommand('Terminal: Create New Terminal');
    await page.locator('.terminal.xterm').waitFor();
    await page.locator('.part.panel .xterm-helper-textarea').focus();
    // Before the shell has begun to tell the editor what it runs, nobody is told.
    await page.keyboard.type('echo ready');
    await page.keyboard.press('Enter');
    await page.locator('.terminal-command-decoration').first().waitFor();
    // Of a command that takes no time at all the editor may tell the end without the output.
    await page.keyboard.type('sleep 1; echo 20 tests red; false');
    await page.keyboard.press('Enter');
    await page.locator('.terminal-command-decoration.error').first().waitFor();
    await chat.composer.click();
    await page.keyboard.press('End');
    await until('the output of the terminal', async () => {
      await page.keyboard.type('@term');
      const found = await option('Terminal Output')
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => false,
        );
      if (!found) for (let i = 0; i < 5; i++) await page.keyboard.press('Backspace');
      return found;
    });
    await page.keyboard.press('Tab');
    await chip('Terminal: sleep 1; echo 20 tests red; false').waitFor();

    await page.keyboard.press('Enter');
    await chat.turnEnded();
    const [{ body }] = await model.requests();
    const sent = JSON.stringify(body.messages.at(-1));
    for (const part of [
      /Look at @cart\.ts #helpers @total @problems #changes @terminal/,
      /path=\\"src\/cart\.ts\\" lines=\\"1-3\\".*<attached_folder/,
      /<attached_folder path=\\"src\/helpers\/\\" \/>/,
      /<selection path=\\"src\/cart\.ts\\" lines=\\"1-3\\">/,
      /<problems title=[^>]*>\\nsrc\/main\.ts:3:7 error: Type 'number' is not assignable to type 'string'/,
      /<changes title=\\"Changes\\">[^<]*\+export function help/,
      /<terminal title=\\"Terminal: sleep 1; echo 20 tests red; false\\">\\n\$ sleep 1; echo 20 tests red; false\\n20 tests red\\n\[exit code 1\]/,
    ])
      assert.match(sent, part);
  },
  {
    folder: 'shop',
    files: { 'src/cart.ts': cart, 'src/main.ts': broken, 'src/helpers/index.ts': 'export function help() {}\n' },
    settings: { ...forPictures, 'workbench.colorTheme': 'Dark Modern' },
    script: { replies: [{ when: 'Look at', steps: [{ text: 'I have read it all.' }] }] },
    timeout: 300_000,
  },
);
