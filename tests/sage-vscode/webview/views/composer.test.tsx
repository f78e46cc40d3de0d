// @vitest-environment jsdom
import { describe, expect, test, vi } from 'vitest';
import type { Action } from '../../../../sage-vscode/webview/state/reducer';
import { Composer } from '../../../../sage-vscode/webview/views/composer/composer';
import { SessionScript } from '../fakes/events';
import { type Panel, showPanel } from '../fakes/panel';

const input = (panel: Panel) => panel.find('composer-input') as HTMLTextAreaElement;
const sends = (panel: Panel) => panel.sent.filter((message) => message.type === 'send');
const running: Action = { type: 'serverState', state: { kind: 'running' } };
const turn: Action = { type: 'events', events: new SessionScript().created().turn().events };

async function panelWith(...actions: Action[]): Promise<Panel> {
  const panel = await showPanel(<Composer />);
  await panel.act(running, ...actions);
  return panel;
}

describe('The focus', () => {
  const first = { type: 'initialized', mode: 'ask', workspaceName: null, sessionId: 's', show: 'composer' } as const;

  test('goes to the field when the panel was opened to write in it', async () => {
    const panel = await panelWith(first);
    expect(document.activeElement).toBe(input(panel));
  });

  test('stays where the user has put it before the host could ask for it', async () => {
    const panel = await panelWith();
    const elsewhere = panel.find('mode-picker');
    elsewhere.focus();
    await panel.act(first, { type: 'sessionOpened', sessionId: 's', events: [], running: false });
    expect(document.activeElement).toBe(elsewhere);
    await panel.act({ type: 'focusComposer' });
    expect(document.activeElement).toBe(input(panel));
  });
});

describe('Keys', () => {
  test('Enter sends and empties the field', async () => {
    const panel = await panelWith();
    await panel.type('Fix it');
    await panel.press(input(panel), 'Enter');
    expect(sends(panel)).toEqual([{ type: 'send', input: [{ type: 'text', text: 'Fix it' }], mode: 'ask' }]);
    expect(input(panel).value).toBe('');
  });

  test('/compact makes the conversation shorter and is no prompt, unless a turn runs', async () => {
    const panel = await panelWith();
    await panel.type('/compact');
    await panel.press(input(panel), 'Enter');
    const compacts = () => panel.sent.filter(({ type }) => type === 'compact' || type === 'send');
    expect(compacts()).toEqual([{ type: 'compact' }]);
    expect(input(panel).value).toBe('');
    await panel.act(turn);
    await panel.type('/compact');
    await panel.press(input(panel), 'Enter');
    expect(compacts()).toHaveLength(1);
    expect(panel.root.textContent).toContain('Stop the turn');
  });

  test('Shift+Enter breaks the line', async () => {
    const panel = await panelWith();
    await panel.type('Fix it');
    const event = await panel.press(input(panel), 'Enter', { shiftKey: true });
    expect(event.defaultPrevented).toBe(false);
    expect(sends(panel)).toEqual([]);
  });

  test.each([{ isComposing: true }, { keyCode: 229 }])(
    'Enter of an input method takes a candidate: %o',
    async (init) => {
      const panel = await panelWith();
      await panel.type('日本');
      const event = await panel.press(input(panel), 'Enter', init);
      expect(event.defaultPrevented).toBe(false);
      expect(sends(panel)).toEqual([]);
    },
  );

  test.each([{ isComposing: true }, { keyCode: 229 }])('Escape of an input method stops nothing: %o', async (init) => {
    const panel = await panelWith(turn);
    await panel.press(input(panel), 'Escape', init);
    expect(panel.sent).toEqual([]);
  });

  test('Escape stops the running turn, and only then', async () => {
    const panel = await panelWith();
    await panel.press(input(panel), 'Escape');
    expect(panel.sent).toEqual([]);
    await panel.act(turn);
    await panel.press(input(panel), 'Escape');
    expect(panel.sent).toEqual([{ type: 'stop' }]);
  });

  test('The arrows walk through earlier prompts and back to what was being written', async () => {
    const script = new SessionScript().created().turn('1', 'first').end('1').turn('2', 'second').end('2');
    const panel = await panelWith({ type: 'events', events: script.events });
    const walked: string[] = [];
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown']) {
      await panel.press(input(panel), key);
      walked.push(input(panel).value);
    }
    expect(walked).toEqual(['second', 'first', 'first', 'second', '']);
  });

  test('The arrows move the cursor in a text that is being written', async () => {
    const panel = await panelWith({ type: 'events', events: new SessionScript().created().turn().end().events });
    await panel.type('two\nlines');
    const event = await panel.press(input(panel), 'ArrowUp');
    expect(event.defaultPrevented).toBe(false);
    expect(input(panel).value).toBe('two\nlines');
  });
});

describe('Sending', () => {
  test('An empty prompt is not sent', async () => {
    const panel = await panelWith();
    await panel.type('  \n ');
    await panel.press(input(panel), 'Enter');
    expect(panel.sent).toEqual([]);
    expect(panel.find('composer-send').hasAttribute('disabled')).toBe(true);
  });

  test('While a turn runs, Enter steers it and Alt+Enter queues behind it', async () => {
    const panel = await panelWith(turn);
    await panel.type('And then');
    await panel.press(input(panel), 'Enter');
    await panel.type('Later');
    await panel.press(input(panel), 'Enter', { altKey: true });
    expect(panel.sent).toMatchObject([
      { type: 'say', kind: 'steer', input: [{ type: 'text', text: 'And then' }], mode: 'ask' },
      { type: 'say', kind: 'queue', input: [{ type: 'text', text: 'Later' }], mode: 'ask' },
    ]);
    expect(input(panel).value).toBe('');
  });

  test('Steer and Queue are there while something is written, beside Stop', async () => {
    const panel = await panelWith(turn);
    expect(panel.has('composer-steer')).toBe(false);
    await panel.type('And then');
    await panel.click(panel.find('composer-queue'));
    expect(panel.sent).toMatchObject([{ type: 'say', kind: 'queue' }]);
    expect(panel.has('composer-stop')).toBe(true);
  });

  test('Stop takes the place of Send, and says at once that it was heard', async () => {
    const panel = await panelWith(turn);
    expect(panel.has('composer-send')).toBe(false);
    await panel.click(panel.find('composer-stop'));
    expect(panel.find('composer-stop').textContent).toContain('Stopping…');
    await panel.click(panel.find('composer-stop'));
    expect(panel.sent).toEqual([{ type: 'stop' }, { type: 'stop' }]);
  });

  test('Without a server nothing is sent', async () => {
    const panel = await panelWith({
      type: 'serverState',
      state: { kind: 'stopped', message: 'Gone', canRestart: true },
    });
    await panel.type('Fix it');
    await panel.press(input(panel), 'Enter');
    expect(sends(panel)).toEqual([]);
    expect(input(panel).value).toBe('Fix it');
  });
});

describe('Attachments', () => {
  const selection = { startLine: 2, endLine: 3, text: 'code' };
  const context: Action = { type: 'editorContext', context: { path: 'src/a.ts', selection } };

  test('The selection goes along, unless it was removed', async () => {
    const panel = await panelWith(context);
    await panel.type('one');
    await panel.press(input(panel), 'Enter');
    expect(sends(panel)[0]).toMatchObject({
      input: [{ type: 'text' }, { type: 'selection', path: 'src/a.ts', ...selection }],
    });
    await panel.act({ type: 'turnRejected', sessionId: '', message: 'x' });
    await panel.click(panel.root.querySelector('[aria-label="Remove src/a.ts"]') as HTMLElement);
    await panel.type('two');
    await panel.press(input(panel), 'Enter');
    expect(sends(panel)[1]).toEqual({ type: 'send', input: [{ type: 'text', text: 'two' }], mode: 'ask' });
    await panel.click(panel.find('context-chip'));
    expect(panel.find('context-chip').textContent).toContain('a.ts:2-3');
  });

  test('What was added to the chat is sent once', async () => {
    const panel = await panelWith({ type: 'attach', part: { type: 'file', path: 'b.ts' } });
    await panel.type('one');
    await panel.press(input(panel), 'Enter');
    expect(sends(panel)[0]).toMatchObject({ input: [{ type: 'text' }, { type: 'file', path: 'b.ts' }] });
    expect(panel.store.state.peek().attachments).toEqual([]);
  });

  const paste = async (panel: Panel, file: File) => {
    const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), {
      clipboardData: { files: [file] },
    });
    input(panel).dispatchEvent(event);
    return event;
  };

  test('An image can be pasted', async () => {
    const panel = await panelWith();
    const event = await paste(panel, new File([new Uint8Array([1, 2, 3])], 'a.png', { type: 'image/png' }));
    expect(event.defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(panel.has('chip')).toBe(true));
    expect(panel.store.state.peek().attachments).toEqual([{ type: 'image', mediaType: 'image/png', data: 'AQID' }]);
  });

  test.each([
    ['larger than 5 MB', new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'a.png', { type: 'image/png' })],
    ['PNG, JPEG, GIF and WebP', new File(['x'], 'a.svg', { type: 'image/svg+xml' })],
  ])('An image that cannot be sent is refused: %s', async (words, file) => {
    const panel = await panelWith();
    await paste(panel, file);
    await vi.waitFor(() => expect(panel.root.querySelector('[role="alert"]')?.textContent).toContain(words));
    expect(panel.store.state.peek().attachments).toEqual([]);
  });

  test('Text is pasted as ever', async () => {
    const panel = await panelWith();
    const event = await paste(panel, new File(['x'], 'a.txt', { type: 'text/plain' }));
    expect(event.defaultPrevented).toBe(false);
  });
});

describe('Pickers', () => {
  test('The mode is chosen with the keyboard, and Escape in the list stops no turn', async () => {
    const panel = await panelWith(turn);
    await panel.click(panel.find('mode-picker'));
    const list = panel.root.querySelector('[role="listbox"]') as HTMLElement;
    await panel.press(list, 'ArrowDown');
    await panel.press(list, 'Enter');
    expect(panel.sent).toEqual([{ type: 'setMode', mode: 'autoEdit' }]);
    await panel.click(panel.find('mode-picker'));
    await panel.press(panel.root.querySelector('[role="listbox"]') as HTMLElement, 'Escape');
    expect(panel.root.querySelector('[role="listbox"]')).toBeNull();
    expect(panel.sent).toHaveLength(1);
  });

  test('A model is found by its name; one without a key leads to the key', async () => {
    const models = [
      { id: 'a/one', provider: 'a', name: 'One', ready: true },
      { id: 'b/two', provider: 'b', name: 'Two', ready: false, hint: 'Set a key' },
    ];
    const panel = await panelWith({ type: 'models', models: { models, selected: 'a/one' } });
    const pick = async (query: string) => {
      await panel.click(panel.find('model-picker'));
      const search = panel.root.querySelector('.text-field') as HTMLInputElement;
      search.value = query;
      search.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await panel.act();
      await panel.press(search, 'Enter');
    };
    await pick('one');
    await pick('two');
    expect(panel.sent).toEqual([
      { type: 'selectModel', id: 'a/one' },
      { type: 'setApiKey', provider: 'b' },
    ]);
  });
});
