import { expect, test } from 'vitest';
import { filesIn } from '../../../../sage-vscode/webview/views/composer/droppedFiles';

const transfer = (type: string, text: string) =>
  ({ getData: (wanted: string) => (wanted === type ? text : '') }) as unknown as DataTransfer;

test('Files dropped from the editor or the desktop are attached by their path', () => {
  const list = 'file:///work/src/a%20b.ts\r\nfile:///c%3A/work/b.cs\r\nhttps://example.com/x\r\n# note\r\n';
  expect(filesIn(transfer('text/uri-list', list))).toEqual([
    { type: 'file', path: '/work/src/a b.ts' },
    { type: 'file', path: 'c:/work/b.cs' },
  ]);
  expect(filesIn(transfer('application/vnd.code.uri-list', 'vscode-remote://ssh/home/a.ts'))).toEqual([
    { type: 'file', path: '/home/a.ts' },
  ]);
  expect(filesIn(transfer('text/plain', 'words'))).toEqual([]);
});
