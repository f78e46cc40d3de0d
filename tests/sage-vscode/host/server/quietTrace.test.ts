import { expect, test } from 'vitest';
import type { LogOutputChannel } from 'vscode';
import { quietAboutKeys } from '../../../../sage-vscode/src/server/quietTrace';

test('a traced message with an API key loses its content, in either trace format', () => {
  const lines: string[] = [];
  const log = { trace: (line: string) => lines.push(line), info: (line: string) => lines.push(line) };
  const quiet = quietAboutKeys(log as unknown as LogOutputChannel);
  quiet.trace('Sending request \'sage/model/setKey - (3)\'.\nParams: {"key":"sk-secret"}');
  quiet.trace('{"method":"sage/model/setKey","params":{"key":"sk-secret"}}');
  quiet.trace('Sending request \'sage/model/test - (5)\'.\nParams: {"key":"sk-secret"}');
  quiet.trace("Sending request 'sage/model/list - (4)'.");
  quiet.info('hello');
  expect(lines.join('\n')).not.toContain('sk-secret');
  expect(lines.slice(3)).toEqual(["Sending request 'sage/model/list - (4)'.", 'hello']);
});
