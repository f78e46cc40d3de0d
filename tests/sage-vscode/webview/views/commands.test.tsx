// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { CommandSummary } from '../../../../sage-vscode/src/protocol/generated';
import type { Action } from '../../../../sage-vscode/webview/state/reducer';
import { matching } from '../../../../sage-vscode/webview/views/composer/commands/options';
import { UserRow } from '../../../../sage-vscode/webview/views/transcript/userPrompt';
import { field, listed, panelWith } from '../fakes/composer';
import { SessionScript } from '../fakes/events';
import { type Panel, showPanel } from '../fakes/panel';

const review: CommandSummary = {
  name: 'review',
  description: 'Reviews a file',
  source: 'workspace',
  place: '.sage/commands/review.md',
  argumentHint: 'file',
};
const known: Action = { type: 'commands', commands: [review], problems: [] };
const active = (panel: Panel) =>
  panel.root.querySelector(`#${field(panel).getAttribute('aria-activedescendant') ?? 'none'} .pick-label`)?.textContent;

async function run(panel: Panel, words: string): Promise<void> {
  await panel.type(words);
  await panel.press(field(panel), 'Escape');
  await panel.press(field(panel), 'Enter');
}

describe('The list of commands', () => {
  test('opens with a slash, asks for the files once, and names the option that the keys have led to', async () => {
    const panel = await panelWith();
    await panel.type('/');
    await panel.act(known);
    await panel.type('/re');
    expect(panel.sent).toEqual([{ type: 'listCommands' }]);
    expect(listed(panel)).toEqual(['/redo', '/resume', '/review file']);
    expect(panel.find('command-list').getAttribute('role')).toBe('listbox');
    expect(field(panel).getAttribute('aria-controls')).toBe(panel.find('command-list').id);
    expect(active(panel)).toBe('/redo');
    await panel.press(field(panel), 'ArrowUp');
    expect(active(panel)).toBe('/review file');
    await panel.press(field(panel), 'ArrowDown');
    expect(active(panel)).toBe('/redo');
  });

  test('behind an at sign has what MCP servers offer to read, and puts the whole address there', async () => {
    const panel = await panelWith();
    await panel.type('Look at @no');
    await panel.act({
      type: 'resources',
      resources: [
        { server: 'notes', uri: 'notes://todo', name: 'To do', description: 'This week' },
        { server: 'other', uri: 'x://y', name: 'Else' },
      ],
    });
    expect(panel.sent).toEqual([{ type: 'listResources' }]);
    expect(listed(panel)).toEqual(['notes:notes://todo']);
    await panel.press(field(panel), 'Tab');
    expect(field(panel).value).toBe('Look at @notes:notes://todo ');
    expect(panel.has('command-list')).toBe(false);
  });

  test.each(['Enter', 'Tab'])('%s takes the option, and sends nothing', async (key) => {
    const panel = await panelWith(known);
    await panel.type('/rev');
    const event = await panel.press(field(panel), key);
    expect(event.defaultPrevented).toBe(true);
    expect(field(panel).value).toBe('/review ');
    expect(panel.has('command-list')).toBe(false);
    expect(panel.sent.map(({ type }) => type)).toEqual(['listCommands']);
  });

  test('Enter sends a name that is whole, with the arguments behind it', async () => {
    const panel = await panelWith(known);
    await panel.type('/review');
    await panel.press(field(panel), 'Enter');
    await panel.act({ type: 'sessionOpened', sessionId: 's', events: [], running: false });
    expect(panel.sent.at(-1)).toEqual({ type: 'send', input: [{ type: 'text', text: '/review' }], mode: 'ask' });
  });

  test('Escape closes it and stops nothing; other words open it again', async () => {
    const panel = await panelWith(known, { type: 'events', events: new SessionScript().created().turn().events });
    await panel.type('/re');
    await panel.press(field(panel), 'Escape');
    expect(panel.has('command-list')).toBe(false);
    expect(panel.sent.some(({ type }) => type === 'stop')).toBe(false);
    await panel.type('/rev');
    expect(listed(panel)).toEqual(['/review file']);
    expect(field(panel).hasAttribute('aria-activedescendant')).toBe(true);
  });

  test('The words that it was closed for open it when they are written anew', async () => {
    const panel = await panelWith(known);
    await panel.type('/re');
    await panel.press(field(panel), 'Escape');
    await panel.type('');
    await panel.type('/re');
    expect(panel.has('command-list')).toBe(true);
  });

  test.each([{ isComposing: true }, { keyCode: 229 }])(
    'the keys of an input method are not its own: %o',
    async (init) => {
      const panel = await panelWith(known);
      await panel.type('/rev');
      await panel.press(field(panel), 'Enter', init);
      expect(field(panel).value).toBe('/rev');
    },
  );

  test('a click takes an option', async () => {
    const panel = await panelWith(known);
    await panel.type('/rev');
    await panel.click(panel.find('command-option'));
    expect(field(panel).value).toBe('/review ');
  });

  test.each(['words /re', '/usr/bin', '/review a', ' /re', '//'])('stays closed for %j', async (draft) => {
    const panel = await panelWith(known);
    await panel.type(draft);
    expect(panel.has('command-list')).toBe(false);
    expect(field(panel).hasAttribute('aria-controls')).toBe(false);
  });

  test('a file cannot take the name of a built-in command', () => {
    const names = matching([{ ...review, name: 'undo', description: 'Mine' }], 'undo');
    expect(names.map(({ description }) => description)).toEqual(['Takes back every change that you have not reviewed']);
  });
});

describe('Built-in commands', () => {
  test('do what they say', async () => {
    const script = new SessionScript().created();
    const panel = await panelWith({ type: 'sessionOpened', sessionId: 's1', events: script.events, running: false });
    const sessionId = panel.store.state.peek().transcript.sessionId;
    panel.sent.length = 0;
    for (const words of ['/clear', '/fork', '/export', '/compact', '/mode plan', '/mcp']) {
      await run(panel, words);
      expect(field(panel).value).toBe('');
    }
    expect(panel.sent.filter(({ type }) => type !== 'listCommands')).toEqual([
      { type: 'newSession' },
      { type: 'forkSession', sessionId },
      { type: 'exportSession', sessionId, format: 'markdown' },
      { type: 'compact' },
      { type: 'setMode', mode: 'plan' },
      { type: 'showMcp' },
    ]);
  });

  test.each([
    ['/undo', 'no change of Sage’s'],
    ['/redo', 'no undo that could be taken back'],
    ['/fork', 'no session yet'],
    ['/mode fast', 'Write /mode'],
    ['/model large', 'No model is connected yet'],
    ['/clear all of it', '/clear takes nothing behind it'],
  ])('%s says why it cannot', async (words, why) => {
    const panel = await panelWith();
    await run(panel, words);
    expect(panel.root.querySelector('[role="alert"]')?.textContent).toContain(why);
    expect(panel.sent.filter(({ type }) => type !== 'listCommands')).toEqual([]);
    expect(field(panel).value).toBe(words);
  });

  test('/plan goes into plan mode, and sends what is behind it', async () => {
    const panel = await panelWith({ type: 'sessionOpened', sessionId: 's1', events: [], running: false });
    await run(panel, '/plan');
    expect(panel.store.state.peek().mode).toBe('plan');
    expect(field(panel).value).toBe('');
    panel.sent.length = 0;
    await run(panel, '/plan make it\nfaster');
    expect(panel.sent).toEqual([
      { type: 'setMode', mode: 'plan' },
      { type: 'send', input: [{ type: 'text', text: 'make it\nfaster' }], mode: 'plan' },
    ]);
    expect(field(panel).value).toBe('');
    // While a turn runs, it is for a turn of its own: this one has its mode.
    await run(panel, '/plan and smaller');
    expect(panel.store.state.peek().ahead).toMatchObject([{ kind: 'queue' }]);
  });

  test('/undo takes back what is not reviewed', async () => {
    const file = { path: 'a.ts', kind: 'modified', added: 1, removed: 0, hunks: [] } as const;
    const panel = await panelWith(
      { type: 'sessionOpened', sessionId: 's1', events: [], running: false },
      { type: 'pendingFiles', sessionId: 's1', files: [file] },
    );
    await run(panel, '/undo');
    expect(panel.sent.at(-1)).toEqual({ type: 'review', action: 'undo' });
  });

  test('/model takes a part of a name that is one model’s only', async () => {
    const model = (id: string, ready = true) => ({ id, provider: 'p', name: id, ready });
    const models = [model('p/large'), model('p/large-2'), model('p/small'), model('p/tiny', false)];
    const panel = await panelWith({ type: 'models', models: { models, selected: 'p/large' } });
    await run(panel, '/model small');
    expect(panel.sent.at(-1)).toEqual({ type: 'selectModel', id: 'p/small' });
    await run(panel, '/model lar');
    expect(panel.root.textContent).toContain('one of: p/large, p/large-2.');
    await run(panel, '/model p/large');
    expect(panel.sent.at(-1)).toEqual({ type: 'selectModel', id: 'p/large' });
    await run(panel, '/model tiny');
    expect(panel.root.textContent).not.toContain('p/tiny.');
  });

  test('/context, /cost and /checkpoints are asked of the server, and /skills and /doctor without a session too', async () => {
    const panel = await panelWith({
      type: 'sessionOpened',
      sessionId: 's1',
      events: new SessionScript().created().events,
      running: false,
    });
    for (const what of ['context', 'cost', 'checkpoints', 'skills', 'doctor']) {
      await run(panel, `/${what}`);
      expect(panel.sent.at(-1)).toEqual({ type: 'show', what });
    }
    const fresh = await panelWith();
    await run(fresh, '/doctor');
    expect(fresh.sent.at(-1)).toEqual({ type: 'show', what: 'doctor' });
    await run(fresh, '/context');
    expect(fresh.root.querySelector('[role="alert"]')?.textContent).toContain('no session yet');
  });

  test.each([
    ['/export', 'markdown'],
    ['/export json', 'json'],
    ['/export MD', 'markdown'],
  ])('%s saves as %s', async (words, format) => {
    const script = new SessionScript().created();
    const panel = await panelWith({ type: 'sessionOpened', sessionId: 's1', events: script.events, running: false });
    await run(panel, words);
    expect(panel.sent.at(-1)).toMatchObject({ type: 'exportSession', format });
  });

  test('/export of another kind says what there is', async () => {
    const panel = await panelWith();
    await run(panel, '/export toString');
    expect(panel.root.querySelector('[role="alert"]')?.textContent).toContain('/export markdown or /export json');
  });

  test('/help shows the list with where each comes from, and what was left out', async () => {
    const panel = await panelWith();
    await run(panel, '/help');
    await panel.act({
      type: 'commands',
      commands: [review],
      problems: ['The command x.md was left out: it is empty.'],
    });
    expect(field(panel).value).toBe('/');
    expect(listed(panel).length).toBeGreaterThan(15);
    expect(panel.root.querySelector('.command-place')?.textContent).toBe('.sage/commands/review.md');
    expect(panel.find('command-problems').textContent).toContain('x.md was left out');
  });
});

test('The transcript shows what was typed, and what was sent when it is asked for', async () => {
  const command = { name: 'review', place: '.sage/commands/review.md', text: 'Review a.ts for bugs.' };
  const panel = await showPanel(
    <UserRow user={{ kind: 'user', id: 't1', seq: 2, prompt: '/review a.ts', attachments: [], command }} />,
  );
  expect(panel.root.textContent).toContain('/review a.ts');
  expect(panel.root.textContent).not.toContain('for bugs');
  await panel.click(panel.find('sent-command').querySelector('button') as HTMLElement);
  expect(panel.root.textContent).toContain('Review a.ts for bugs.');
});

test('A command with lines for the shell is shown as its file says it', async () => {
  const lines = [{ callId: 't1_1', line: 'git status', behind: '\nSum it up.' }];
  const command = { name: 'standup', place: '.sage/commands/standup.md', text: 'Status: ', lines };
  const panel = await showPanel(
    <UserRow user={{ kind: 'user', id: 't1', seq: 2, prompt: '/standup', attachments: [], command }} />,
  );
  await panel.click(panel.find('sent-command').querySelector('button') as HTMLElement);
  expect(panel.root.textContent).toContain('Status: !`git status`\nSum it up.');
});

describe('A line behind a number sign', () => {
  test('is to be remembered, and stays in the field until it is', async () => {
    const panel = await panelWith();
    await run(panel, '# Use tabs ');
    expect(panel.sent).toEqual([{ type: 'remember', text: 'Use tabs' }]);
    expect(field(panel).value).toBe('# Use tabs ');
  });

  test.each([' # Use tabs', '# Title\nand text', '#12 fails', '#'])('%j is a prompt', async (words) => {
    const panel = await panelWith();
    await run(panel, words);
    expect(panel.sent.filter(({ type }) => type === 'send')).toMatchObject([
      { type: 'send', input: [{ type: 'text', text: words.trim() }] },
    ]);
  });
});
