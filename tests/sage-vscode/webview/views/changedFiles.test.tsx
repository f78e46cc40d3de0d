// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { PendingFile } from '../../../../sage-vscode/src/protocol/generated';
import { ChangedFiles } from '../../../../sage-vscode/webview/views/shell/changedFiles';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

const sessionId = 'session-1';
const file = (path: string, more: Partial<PendingFile> = {}): PendingFile => ({
  path,
  kind: 'modified',
  added: 2,
  removed: 1,
  hunks: [],
  ...more,
});

async function showFiles(...files: PendingFile[]) {
  const panel = await showPanel(<ChangedFiles />);
  await panel.act({ type: 'events', events: new SessionScript().created().turn().events });
  await panel.act({ type: 'pendingFiles', sessionId, files });
  return panel;
}

test('The list is there while something is to be reviewed in the session that is shown', async () => {
  const panel = await showFiles(file('src/a.ts'), file('src/b.ts', { kind: 'created', added: 3, removed: 0 }));
  expect(panel.find('changed-files').textContent).toContain('2 files to review5 lines added, 1 removed');
  await panel.act({ type: 'pendingFiles', sessionId: 'another', files: [] });
  expect(panel.has('changed-files')).toBe(true);
  await panel.act({ type: 'pendingFiles', sessionId, files: [] });
  expect(panel.has('changed-files')).toBe(false);
});

test('Another session takes the list away until its own has come', async () => {
  const panel = await showFiles(file('src/a.ts'));
  await panel.act({ type: 'sessionOpened', sessionId: 'other', events: [], running: false });
  expect(panel.has('changed-files')).toBe(false);
});

test('Everything, or one file of it, is kept, undone and shown, and a message is drafted for it', async () => {
  const panel = await showFiles(file('src/a.ts'), file('src/b.ts'));
  for (const button of ['open-all', 'commit', 'undo-all', 'keep-all']) {
    await panel.click(panel.find(button));
  }
  await panel.click(panel.root.querySelector('.dock-head') as HTMLElement);
  const row = panel.root.querySelector<HTMLElement>('[data-path="src/b.ts"]') as HTMLElement;
  for (const button of ['open-file', 'undo-file', 'keep-file']) {
    await panel.click(row.querySelector(`[data-testid=${button}]`) as HTMLElement);
  }
  expect(panel.sent).toEqual([
    { type: 'review', action: 'open' },
    { type: 'review', action: 'commit' },
    { type: 'review', action: 'undo' },
    { type: 'review', action: 'keep' },
    { type: 'review', action: 'open', path: 'src/b.ts' },
    { type: 'review', action: 'undo', path: 'src/b.ts' },
    { type: 'review', action: 'keep', path: 'src/b.ts' },
  ]);
});

test('A file that cannot be undone says why, and can be kept only', async () => {
  const panel = await showFiles(file('big.bin', { problem: 'It is too large.' }));
  await panel.click(panel.root.querySelector('.dock-head') as HTMLElement);
  expect(panel.find('changed-file').textContent).toContain('It is too large.');
  expect(panel.has('undo-file')).toBe(false);
  expect(panel.has('keep-file')).toBe(true);
});
