import assert from 'node:assert/strict';
import { seriousProblems } from '../driver/accessibility.mjs';
import { Animation } from '../driver/animation.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot } from '../driver/screenshots.mjs';

const themes = { dark: 'Dark Modern', light: 'Light Modern', 'high-contrast': 'Default High Contrast' };

const files = {
  'src/queue.ts': [
    '/** Runs jobs one after another. */',
    'export class Queue {',
    '  private last: Promise<unknown> = Promise.resolve();',
    '',
    '  add<T>(job: () => Promise<T>): Promise<T> {',
    '    const next = this.last.then(job);',
    '    this.last = next;',
    '    return next;',
    '  }',
    '}',
    '',
  ].join('\n'),
  'src/index.ts': "export { Queue } from './queue';\n",
  'README.md': '# Queue\n\nRuns jobs one after another.\n',
};

const answer = [
  'A job that fails leaves `last` rejected, so **every later job is skipped**:',
  '',
  '```ts',
  "queue.add(() => Promise.reject(new Error('first')));",
  "await queue.add(async () => 'second'); // throws, and never runs",
  '```',
  '',
  'The chain has to go on after a failure. I change one line.',
].join('\n');

const plan = (first, second) => ({
  items: [
    { text: 'Find why later jobs are skipped', status: first },
    { text: 'Keep the chain alive after a failure', status: second },
  ],
});

const script = {
  replies: [
    {
      when: 'Why does',
      steps: [
        { text: 'I look at the queue and at how it is used.' },
        { toolCall: 'update_plan', arguments: plan('completed', 'in_progress') },
        { toolCall: 'read_file', arguments: { path: 'src/queue.ts' } },
        { toolCall: 'grep', arguments: { pattern: 'Queue', path: 'src' } },
        { toolCall: 'run_command', arguments: { command: 'ls -l src' } },
      ],
    },
    {
      steps: [
        { text: answer, pieces: 12 },
        {
          toolCall: 'edit_file',
          arguments: {
            path: 'src/queue.ts',
            edits: [{ old_text: '    this.last = next;', new_text: '    this.last = next.catch(() => {});' }],
          },
        },
      ],
    },
    { steps: [{ toolCall: 'update_plan', arguments: plan('completed', 'completed') }] },
    { text: 'Done: a failed job no longer stops the others.' },
  ],
};

/** Light, with high contrast: its buttons are dark, so that what is right for the dark one can vanish. */
async function checkLightHighContrast(workbench, chat) {
  await workbench.chooseTheme('Light High Contrast');
  await chat.frame.locator('body.vscode-high-contrast-light').waitFor();
  assert.deepEqual(await seriousProblems(chat.frame), [], 'in light high contrast');
  await workbench.chooseTheme('Dark High Contrast');
  await chat.frame.locator('body:not(.vscode-high-contrast-light)').waitFor();
  await chat.part('approval-allow').focus();
}

for (const [name, theme] of Object.entries(themes)) {
  scenario(
    `The chat is readable and has no serious accessibility problem: ${name}`,
    async ({ page, workbench, chat }) => {
      await workbench.openFile('queue.ts');
      await chat.open();
      await workbench.widenSideBar(470);
      // One theme is enough for the film.
      const film = name === 'dark' ? new Animation(page, 'tour') : null;
      await film?.frame(1_200);
      await chat.composer.click();
      await page.keyboard.type('Why does one failing job stop all the others? Please fix it.');
      await film?.frame(1_800);
      await page.keyboard.press('Enter');
      await chat.part('item-tool').first().waitFor();
      await film?.frame(900);
      await chat.approvalFocused();
      await film?.frame(3_000);
      await screenshot(page, `approval-${name}`);
      assert.deepEqual(await seriousProblems(chat.frame), [], 'while it waits for an approval');
      if (name === 'high-contrast') await checkLightHighContrast(workbench, chat);

      await page.keyboard.press('Enter');
      await chat.turnEnded();
      await workbench.expectEditor(/next\.catch/);
      await workbench.codeLens('Keep').waitFor();
      await film?.frame(4_000);
      film?.save();
      await screenshot(page, `chat-${name}`);
      assert.deepEqual(await seriousProblems(chat.frame), [], 'when the turn is over');
    },
    { files, script, folder: 'queue', settings: { ...forPictures, 'workbench.colorTheme': theme } },
  );
}
