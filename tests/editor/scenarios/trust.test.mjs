import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

const write = { toolCall: 'write_file', arguments: { path: 'new.txt', content: 'written\n' } };
const touch = { toolCall: 'run_command', arguments: { command: 'touch made.txt' } };

scenario(
  'In a workspace that is not trusted Sage only reads; once it is, it writes, and what the project offers is asked about',
  async ({ page, chat, workspace }) => {
    await chat.open();
    await chat.part('trust-banner').filter({ hasText: 'Sage only reads' }).waitFor();
    assert.match(await chat.part('mode-picker').textContent(), /Restricted/);
    assert.equal(await chat.part('offer').count(), 0, 'nothing is offered');
    await page.locator('.statusbar-item[aria-label*="Restricted: this workspace is not trusted"]').first().waitFor();

    assert.deepEqual(await seriousProblems(chat.frame), [], 'the banner');

    await chat.send('Write it');
    await chat.turnEnded();
    const denied = chat.part('item-tool', { status: 'denied' });
    await denied.waitFor();
    assert.equal(await chat.part('approval').count(), 0, 'nobody is asked');
    assert.equal(existsSync(workspace.resolve('new.txt')), false);

    await chat.part('manage-trust').click();
    const trust = page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).first();
    // The page is taller than the frame that the editor shows it in, and a pointer would miss the button.
    await trust.evaluate((button) => button.click());
    await page.keyboard.press('Escape');
    await chat.find();
    await chat.part('trust-banner').waitFor({ state: 'detached' });
    await chat.part('offer').filter({ hasText: 'run_command(touch made.txt)' }).waitFor();
    assert.deepEqual(await seriousProblems(chat.frame), [], 'the offer');
    await chat.part('offer-use').click();
    await chat.part('offer').waitFor({ state: 'detached' });

    await chat.send('Once more');
    await chat.turnEnded('completed', 2);
    await until('the file to be written', () => existsSync(workspace.resolve('new.txt')));
    assert.ok(existsSync(workspace.resolve('made.txt')), 'the agreed command ran without a question');
    assert.equal(await chat.part('approval').count(), 0);
  },
  {
    files: {
      'a.txt': 'a\n',
      '.sage/settings.json': '{ "permissions": { "allow": ["run_command(touch made.txt)"] } }',
    },
    settings: {
      'sage.defaultMode': 'autoEdit',
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    },
    script: {
      replies: [
        { when: 'Write it', steps: [write] },
        { text: 'It cannot be written here.' },
        { when: 'Once more', steps: [write, touch] },
        { text: 'Written.' },
      ],
    },
  },
);
