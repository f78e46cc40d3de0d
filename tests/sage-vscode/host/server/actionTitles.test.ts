import { expect, test, vi } from 'vitest';
import { inOurWords } from '../../../../sage-vscode/src/server/actionTitles';

vi.mock('vscode', () => ({ l10n: { t: (text: string) => text.replace('Ask Sage: Explain', 'Sage: Erklären') } }));

test('a title of the server is put into the language of the editor; one that is not known stays', () => {
  const command = { command: 'sage.runCodeAction' };
  expect(
    inOurWords([
      { title: 'Ask Sage: Explain', command },
      { title: 'Ask Sage: Sing', command },
    ]),
  ).toEqual([
    { title: 'Sage: Erklären', command },
    { title: 'Ask Sage: Sing', command },
  ]);
  expect(inOurWords(null)).toEqual([]);
});
