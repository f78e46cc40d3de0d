// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { UserItem } from '../../../../../sage-vscode/webview/state/chatState';
import { Composer } from '../../../../../sage-vscode/webview/views/composer/composer';
import { ResendDialog } from '../../../../../sage-vscode/webview/views/shell/resendDialog';
import { UserRow } from '../../../../../sage-vscode/webview/views/transcript/userPrompt';
import { SessionScript } from '../../fakes/events';
import { type Panel, showPanel } from '../../fakes/panel';

const attachments = [{ type: 'file', path: 'a.ts' }] as const;
const user: UserItem = { kind: 'user', id: 'turn-1', seq: 2, prompt: 'Make it polite', attachments };
const hunks = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: ['-a', '+b'] }];
const files = [{ path: 'a.ts', kind: 'modified', hunks }] as const;

function session() {
  const script = new SessionScript().created().turn('turn-1', 'Make it polite').call('a', 'edit_file');
  return script.add({ type: 'fileChanged', callId: 'a', path: 'a.ts', kind: 'modified', hunks }).result('a');
}

async function show(script: SessionScript = session().end('turn-1')): Promise<Panel> {
  const panel = await showPanel(
    <>
      <UserRow user={user} />
      <Composer />
      <ResendDialog />
    </>,
  );
  await panel.act({ type: 'serverState', state: { kind: 'running' } });
  await panel.act({ type: 'sessionOpened', sessionId: 'session-1', events: script.events, running: false });
  return panel;
}

const draft = (panel: Panel) => panel.store.draft.peek();
const resend = {
  type: 'resend',
  sessionId: 'session-1',
  turnId: 'turn-1',
  atSeq: 2,
  input: [{ type: 'text', text: 'Make it rude' }, ...attachments],
  mode: 'ask',
} as const;

/** Edits the prompt and sends it; what the user had written before is `half a thought`. */
async function editAndSend(panel: Panel): Promise<void> {
  await panel.type('half a thought');
  await panel.click(panel.find('edit-prompt'));
  expect(draft(panel)).toBe('Make it polite');
  await panel.type('Make it rude');
  await panel.press(panel.find('composer-input'), 'Enter');
}

test('An edited prompt goes to a new session with what was attached to it, and files go back when the user says so', async () => {
  const panel = await show();
  await editAndSend(panel);
  expect(panel.sent).toEqual([{ type: 'previewRestore', turnId: 'turn-1' }]);
  await panel.act({ type: 'restorePreview', turnId: 'turn-1', files });
  expect(panel.find('resend-dialog').textContent).toContain('a.ts');
  await panel.click(panel.find('resend-restore'));
  expect(panel.sent.at(-1)).toEqual({ ...resend, files: 'restore' });
  expect(panel.has('resend-dialog')).toBe(false);

  const opened = { sessionId: 'session-2', events: [], running: false };
  await panel.act({ type: 'sessionOpened', ...opened }, { type: 'resent', done: true });
  expect(panel.has('editing')).toBe(false);
  expect(panel.store.state.peek()).toMatchObject({ outbox: resend.input, attachments: [] });
});

test('Files can be kept, and the user is not asked where nothing was changed', async () => {
  const panel = await show();
  await editAndSend(panel);
  await panel.act({ type: 'restorePreview', turnId: 'turn-1', files });
  await panel.click(panel.find('resend-keep'));
  expect(panel.sent.at(-1)).toEqual({ ...resend, files: 'keep' });

  const unchanged = await show();
  await editAndSend(unchanged);
  await unchanged.act({ type: 'restorePreview', turnId: 'turn-1', files: [] });
  expect(unchanged.has('resend-dialog')).toBe(false);
  expect(unchanged.sent.at(-1)).toEqual({ ...resend, files: 'keep' });

  const talk = await show(new SessionScript().created().turn('turn-1', 'Make it polite').end('turn-1'));
  await editAndSend(talk);
  expect(talk.sent).toEqual([{ ...resend, files: 'keep' }]);
});

test('Escape leaves the session as it is, and the composer as it was', async () => {
  const panel = await show();
  await panel.type('half a thought');
  await panel.click(panel.find('edit-prompt'));
  expect(panel.store.state.peek().attachments).toEqual(attachments);
  await panel.press(panel.find('composer-input'), 'Escape');
  expect(draft(panel)).toBe('half a thought');
  expect(panel.store.state.peek()).toMatchObject({ editing: null, attachments: [] });
  expect(panel.sent).toEqual([]);
});

test('What could not be sent goes back to being written, and so does what was cancelled in the dialog', async () => {
  const panel = await show();
  await editAndSend(panel);
  await panel.act({ type: 'restorePreview', turnId: 'turn-1', files });
  await panel.click(panel.find('resend-cancel'));
  await panel.press(panel.find('composer-input'), 'Enter');
  await panel.act({ type: 'restorePreview', turnId: 'turn-1', files });
  await panel.click(panel.find('resend-keep'));
  await panel.act({ type: 'resent', done: false });
  expect(panel.store.state.peek().editing?.phase).toBe('writing');
  expect(draft(panel)).toBe('Make it rude');
});

test('Another session that is opened ends the edit', async () => {
  const panel = await show();
  await panel.click(panel.find('edit-prompt'));
  await panel.act({ type: 'sessionOpened', sessionId: 'session-2', events: [], running: false });
  expect(panel.store.state.peek().editing).toBeNull();
});

test('A fork holds the turn of the prompt, and waits for its end', async () => {
  const panel = await show();
  await panel.click(panel.find('fork-prompt'));
  expect(panel.sent).toEqual([{ type: 'forkSession', sessionId: 'session-1', atSeq: 3 }]);
  const running = await show();
  await running.act({ type: 'sessionOpened', sessionId: 'session-1', events: session().events, running: true });
  expect((running.find('fork-prompt') as HTMLButtonElement).disabled).toBe(true);
  expect((running.find('edit-prompt') as HTMLButtonElement).disabled).toBe(true);
});

test('A file that was read for a prompt is shown as the file, and read again when the prompt is sent again', async () => {
  const read = { type: 'selection', path: 'src/a.ts', startLine: 1, endLine: 9, text: 'old', wholeFile: true } as const;
  const panel = await showPanel(<UserRow user={{ ...user, attachments: [read] }} />);
  expect(panel.find('chip').textContent).toBe('a.ts');
  await panel.click(panel.find('edit-prompt'));
  expect(panel.store.state.peek().attachments).toEqual([{ type: 'file', path: 'src/a.ts' }]);
});

test('A prompt can be copied', async () => {
  const panel = await show();
  await panel.click(panel.find('copy'));
  expect(panel.sent).toEqual([{ type: 'copy', text: 'Make it polite' }]);
});
