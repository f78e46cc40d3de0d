// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { writeApplyPrompt } from '../../../../../sage-vscode/src/protocol/applyPrompt';
import { handleMarkdownClick } from '../../../../../sage-vscode/webview/text/clicks';
import { Markdown } from '../../../../../sage-vscode/webview/views/transcript/markdown';
import { UserRow } from '../../../../../sage-vscode/webview/views/transcript/userPrompt';
import { showPanel } from '../../fakes/panel';

const apply = async (text: string) => {
  const panel = await showPanel(<Markdown text={text} finished />);
  panel.root.addEventListener('click', (event) => handleMarkdownClick(panel.store, event));
  await panel.click(panel.root.querySelector('[data-action=apply]') as HTMLElement);
  return panel.sent;
};
const sent = { type: 'applyCode', code: 'a();', language: 'ts', mode: 'ask' };

test('A block is applied with the files that its fence, its first line and the text above it name', async () => {
  expect(await apply('Change `a.ts`.\n\nThen `src/b.ts` becomes:\n\n```ts src/c.ts\na();\n```\n')).toEqual([
    { ...sent, named: ['src/c.ts'], nearby: ['src/b.ts'] },
  ]);
  expect(await apply('```ts\n// src/d.ts\na();\n```\n')).toEqual([
    { ...sent, code: '// src/d.ts\na();', named: ['src/d.ts'], nearby: [] },
  ]);
  expect(await apply('Like this:\n\n```ts\na();\n```\n')).toEqual([{ ...sent, named: [], nearby: [] }]);
});

test('A prompt that applies a block is a line with the file, and the code when it is asked for', async () => {
  const prompt = writeApplyPrompt({ path: 'src/c.ts', isNew: false, language: 'ts', code: 'a();\nb();' });
  const attachments = [{ type: 'file', path: 'src/c.ts' }] as const;
  const panel = await showPanel(<UserRow user={{ kind: 'user', id: 't', seq: 2, prompt, attachments }} />);
  const line = panel.find('apply-words');
  expect(line.textContent).toBe('Apply to src/c.ts2 lines');
  expect(panel.root.querySelector('.chips')).toBeNull();
  await panel.click(line.querySelector('.link-button') as HTMLElement);
  expect(panel.find('apply-words').querySelector('pre')?.textContent).toBe('a();\nb();');
});
