// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { McpAlarm } from '../../../../sage-vscode/webview/views/composer/mcpAlarm';
import { showPanel } from '../fakes/panel';

test('A red dot says which server failed and why, leads to the list, and goes when all is well', async () => {
  const panel = await showPanel(<McpAlarm />);
  expect(panel.has('mcp-alarm')).toBe(false);

  await panel.act({ type: 'mcpFailed', servers: [{ name: 'git', reason: 'exit code 3. It said: no token' }] });
  const alarm = panel.find('mcp-alarm');
  expect(alarm.title).toBe('1 MCP server failed. git: exit code 3. It said: no token');
  expect(alarm.getAttribute('aria-label')).toBe(alarm.title);
  await panel.click(alarm);
  expect(panel.sent).toEqual([{ type: 'showMcp' }]);

  await panel.act({ type: 'mcpFailed', servers: [] });
  expect(panel.has('mcp-alarm')).toBe(false);
});

test('What a server said is text on its line, with nothing hidden in it', async () => {
  const panel = await showPanel(<McpAlarm />);
  await panel.act({
    type: 'mcpFailed',
    servers: [
      { name: 'a', reason: 'gone\u202e' },
      { name: 'b', reason: 'one\ntwo' },
    ],
  });
  expect(panel.find('mcp-alarm').title).toBe('2 MCP servers failed. a: gone⟨U+202E⟩\nb: one ⏎ two');
});
