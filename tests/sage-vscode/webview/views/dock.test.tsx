// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { Dock } from '../../../../sage-vscode/webview/views/shell/dock';
import { showPanel } from '../fakes/panel';

test('A prompt can be written once the host has said in which mode it would be sent', async () => {
  const panel = await showPanel(<Dock />);
  expect(panel.has('composer-input')).toBe(false);
  await panel.act({ type: 'initialized', mode: 'plan', workspaceName: 'w', sessionId: null, show: null });
  await panel.type('Do it');
  await panel.press(panel.find('composer-input'), 'Enter');
  expect(panel.sent).toMatchObject([{ type: 'send', mode: 'plan' }]);
});

test('What was done that nothing else shows is told until it is closed, or the next prompt is sent', async () => {
  const panel = await showPanel(<Dock />);
  const told = { type: 'told', text: 'Exported to a.md.' } as const;
  await panel.act(told);
  expect(panel.find('told').textContent).toBe('Exported to a.md.');
  await panel.click(panel.find('told').querySelector('button') as HTMLElement);
  expect(panel.has('told')).toBe(false);
  await panel.act(told, { type: 'promptSent', input: [] });
  expect(panel.has('told')).toBe(false);
});
