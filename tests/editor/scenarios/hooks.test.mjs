import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshotInThemes } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';

const guard = `input=$(cat)
case "$input" in
  *"git push"*) echo "Pushing is for people: ask for a review first." >&2; exit 2 ;;
esac
echo '{"hookSpecificOutput":{"hookEventName":"PreToolUse","additionalContext":"The linter has nothing to say."}}'
`;

const hooks = {
  PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'sh .claude/hooks/guard.sh' }] }],
};

const run = (command) => ({ toolCall: 'run_command', arguments: { command } });

scenario(
  'A hook of the project does nothing before the consent; then it denies a call, and the card says which hook and why',
  async ({ page, chat, workspace }) => {
    await chat.open();
    await chat.send('Before');
    await chat.turnEnded();
    await until('the command to run', () => existsSync(workspace.resolve('before.txt')));
    assert.equal(await chat.part('hook-line').count(), 0);

    const offer = chat.part('offer').filter({ hasText: 'run programs of its own' });
    await offer.filter({ hasText: 'PreToolUse for Bash: sh .claude/hooks/guard.sh' }).waitFor();
    await offer.filter({ hasText: 'the file .claude/hooks/guard.sh as it is now' }).waitFor();
    assert.deepEqual(await seriousProblems(chat.frame), [], 'the offer');
    await offer.getByTestId('offer-use').click();
    await offer.waitFor({ state: 'detached' });

    await chat.send('Push it');
    await chat.turnEnded('completed', 2);
    const denied = chat.part('item-tool', { status: 'denied' });
    await denied
      .getByTestId('hook-line')
      .filter({
        hasText: 'Denied by the hook sh .claude/hooks/guard.sh (.claude/settings.json): Pushing is for people',
      })
      .waitFor();
    await chat.part('item-tool', { status: 'ok' }).last().getByTestId('hook-line').waitFor();
    assert.deepEqual(await seriousProblems(chat.frame), [], 'the card');
    await screenshotInThemes({ page, chat }, 'hooks');

    await chat.composer.click();
    await page.keyboard.type('/hooks');
    await page.keyboard.press('Enter');
    const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'PreToolUse' });
    await row.waitFor();
    await row.hover();
    await row.locator('.codicon-beaker').click();
    const report = page.locator('.editor-instance .view-lines', { hasText: 'What it was given' });
    await report.first().waitFor();
  },
  {
    files: {
      'a.txt': 'a\n',
      '.claude/hooks/guard.sh': guard,
      '.claude/settings.json': JSON.stringify({ hooks }),
    },
    settings: { ...forPictures, 'workbench.colorTheme': 'Dark Modern', 'sage.defaultMode': 'full' },
    script: {
      replies: [
        { when: 'Before', steps: [run('touch before.txt')] },
        { text: 'It ran.' },
        { when: 'Push it', steps: [run('git push --force'), run('cat a.txt')] },
        { text: 'I may not push. Shall I open a review instead?' },
      ],
    },
  },
);
