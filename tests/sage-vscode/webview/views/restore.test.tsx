// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { FilesRestored, RestorableFile } from '../../../../sage-vscode/src/protocol/generated';
import { Announcer } from '../../../../sage-vscode/webview/views/shell/announcer';
import { RestoreDialog } from '../../../../sage-vscode/webview/views/shell/restoreDialog';
import { RowView } from '../../../../sage-vscode/webview/views/transcript/row';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

const hunks = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 2, lines: ['-a', '+b', '+c'] }];
const prompt = { kind: 'user', id: 'turn-1', seq: 2, prompt: 'Make it polite', attachments: [] } as const;

function session() {
  const script = new SessionScript().created().turn('turn-1', 'Make it polite').call('a');
  return script.add({ type: 'fileChanged', callId: 'a', path: 'a.ts', kind: 'modified', hunks }).result('a');
}

async function showPrompt(script: SessionScript) {
  const panel = await showPanel(
    <>
      <RowView row={{ kind: 'item', key: 'user:turn-1', item: prompt }} />
      <RestoreDialog />
    </>,
  );
  await panel.act({ type: 'events', events: script.events });
  return panel;
}

async function askToRestore(...files: RestorableFile[]) {
  const panel = await showPrompt(session().end('turn-1'));
  await panel.click(panel.find('restore'));
  await panel.act({ type: 'restorePreview', turnId: 'turn-1', files });
  return panel;
}

test('A prompt can be gone back to once Sage has changed something, and not while it works', async () => {
  const nothing = await showPrompt(new SessionScript().created().turn('turn-1', 'Make it polite').end('turn-1'));
  expect(nothing.has('restore')).toBe(false);
  const running = await showPrompt(session());
  expect((running.find('restore') as HTMLButtonElement).disabled).toBe(true);
  await running.act({ type: 'events', events: session().end('turn-1').events });
  expect((running.find('restore') as HTMLButtonElement).disabled).toBe(false);
});

test('The dialog says what would happen to each file, and restores', async () => {
  const panel = await askToRestore(
    { path: 'a.ts', kind: 'modified', hunks },
    { path: 'new.ts', kind: 'deleted', hunks },
    { path: 'old.ts', kind: 'created', hunks },
  );
  const rows = [...panel.root.querySelectorAll('[data-testid=restore-file]')].map((row) => row.textContent);
  expect(rows).toEqual([
    'a.ts2 lines added, 1 removed+2−1',
    'new.tsis deleted: Sage created it',
    'old.tsis created again',
  ]);
  expect(panel.has('restore-overwrite')).toBe(false);
  await panel.click(panel.find('restore-confirm'));
  expect(panel.sent).toEqual([
    { type: 'previewRestore', turnId: 'turn-1' },
    { type: 'restore', turnId: 'turn-1', overwrite: false },
  ]);
  expect(panel.has('restore-dialog')).toBe(false);
});

test('Where the user has changed the same places, overwriting them is a choice of its own', async () => {
  const panel = await askToRestore({ path: 'a.ts', kind: 'modified', hunks: [], conflicts: 2 });
  expect(panel.find('restore-file').textContent).toBe('a.ts2 places stay: you have changed them too');
  expect(panel.has('restore-confirm')).toBe(false);
  await panel.click(panel.find('restore-overwrite'));
  expect(panel.sent.at(-1)).toEqual({ type: 'restore', turnId: 'turn-1', overwrite: true });
});

test('What would be left says why, and Cancel changes nothing', async () => {
  const panel = await askToRestore({ path: 'a.ts', kind: 'modified', hunks: [], problem: 'It is a folder now.' });
  expect(panel.find('restore-file').textContent).toContain('is left as it is: It is a folder now.');
  expect(panel.has('restore-confirm')).toBe(false);
  await panel.click(panel.find('restore-cancel'));
  expect(panel.has('restore-dialog')).toBe(false);
  expect(panel.sent).toEqual([{ type: 'previewRestore', turnId: 'turn-1' }]);
});

test('A preview that could not be made closes the dialog, and one that comes late opens none', async () => {
  const panel = await showPrompt(session().end('turn-1'));
  await panel.click(panel.find('restore'));
  expect(panel.has('restore-dialog')).toBe(true);
  await panel.act({ type: 'restorePreview', turnId: 'turn-1', files: null });
  expect(panel.has('restore-dialog')).toBe(false);
  await panel.act({ type: 'restorePreview', turnId: 'turn-1', files: [] });
  expect(panel.has('restore-dialog')).toBe(false);
});

test('What was taken back has a card, and only the last one can be redone', async () => {
  const undone = (id: string): FilesRestored => ({
    type: 'filesRestored',
    restoreId: id,
    kind: 'undone',
    files: [{ path: 'a.ts', kind: 'modified', hunks }],
    reason: 'Too clever.',
  });
  const files = [undone('u1').files[0], undone('u1').files[0]].flatMap((file) => (file ? [file] : []));
  const restore = { kind: 'restore', what: 'restored', prompt: 'Make it polite', reason: null } as const;
  const panel = await showPanel(
    <>
      <RowView row={{ kind: 'item', key: '1', item: { ...restore, id: 'u1', files } }} />
      <RowView
        row={{ kind: 'item', key: '2', item: { ...restore, id: 'u2', files, what: 'undone', reason: 'Too clever.' } }}
      />
    </>,
  );
  await panel.act({ type: 'events', events: session().end('turn-1').add(undone('u1')).add(undone('u2')).events });
  const cards = [...panel.root.querySelectorAll('[data-testid=item-restore]')];
  expect(cards.map((card) => card.textContent)).toEqual([
    'Restored 2 files to before “Make it polite”',
    'Undid what “Make it polite” changed in 2 filesRedo“Too clever.”',
  ]);
  await panel.click(panel.find('redo'));
  expect(panel.sent).toEqual([{ type: 'redo', restoreId: 'u2' }]);
});

test('A restore is announced when it happens, and not when an old session is opened', async () => {
  const panel = await showPanel(<Announcer />);
  const files = [{ path: 'a.ts', kind: 'modified', hunks }] as const;
  const restored = { type: 'filesRestored', restoreId: 'u1', kind: 'restored', files, turnId: 'turn-1' } as const;
  const script = session().end('turn-1');
  const open = (events: SessionScript['events']) =>
    panel.act({ type: 'sessionOpened', sessionId: 'session-1', events, running: false });
  await open([...script.events]);
  script.add(restored);
  await panel.act({ type: 'events', events: script.events.slice(-1) });
  expect(panel.find('announcer').textContent).toBe('Restored a.ts to before “Make it polite”.');

  const fresh = await showPanel(<Announcer />);
  await fresh.act({ type: 'sessionOpened', sessionId: 'session-1', events: script.events, running: false });
  expect(fresh.find('announcer').textContent).toBe('');
});
