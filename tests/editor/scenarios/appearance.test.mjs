import { assertReadable } from '../driver/accessibility.mjs';
import { Animation } from '../driver/animation.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshotInThemes } from '../driver/screenshots.mjs';

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

scenario(
  'The chat is readable and has no serious accessibility problem, in every kind of theme',
  async (context) => {
    const { page, workbench, chat } = context;
    await workbench.openFile('queue.ts');
    await chat.open();
    await workbench.widenSideBar(470);
    const film = new Animation(page, 'tour');
    await film.frame(1_200);
    await chat.composer.click();
    await page.keyboard.type('Why does one failing job stop all the others? Please fix it.');
    await film.frame(1_800);
    await page.keyboard.press('Enter');
    await chat.part('item-tool').first().waitFor();
    await film.frame(900);
    await chat.approvalFocused();
    await film.frame(3_000);
    await screenshotInThemes(context, 'approval');
    await assertReadable(context, 'approval');

    await page.keyboard.press('Enter');
    await chat.turnEnded();
    await workbench.expectEditor(/next\.catch/);
    await workbench.codeLens('Keep').waitFor();
    await film.frame(4_000);
    film.save();
    await screenshotInThemes(context, 'chat');
    await assertReadable(context, 'chat');
  },
  { files, script, folder: 'queue', settings: { ...forPictures, 'workbench.colorTheme': 'Dark Modern' } },
);
