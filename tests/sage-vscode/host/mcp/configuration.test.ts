import { expect, test } from 'vitest';
import {
  lineForFirst,
  lineOf,
  projectTemplate,
  userTemplate,
} from '../../../../sage-vscode/src/features/mcp/configuration';

const file = `{
  // "git": not this one
  "inputs": [{ "id": "git" }],
  "mcp": { "servers": {
    "other": { "command": "git" },
    "git": {
      "command": "npx"
    },
    "a.b": { "command": "x" }
  } }
}`;

test.each([
  ['git', 5],
  ['other', 4],
  ['a.b', 8],
  ['aXb', 0],
])('%s stands where its list names it', (key, line) => {
  expect(lineOf(file, key)).toBe(line);
});

test('a name is words, not a pattern', () => {
  expect(lineOf('{"mcpServers":{\n"a(b": {},\n"say \\"hi\\"": {}}}', 'say "hi"')).toBe(2);
  expect(lineOf('{"mcpServers":{\n"a(b": {}}}', 'a(b')).toBe(1);
});

test.each([
  ['project', projectTemplate, ['mcpServers']],
  ['user', userTemplate, ['mcp', 'servers']],
])('what a new %s file says is JSON, and the cursor goes into its empty list', (_, template, path) => {
  const list = path.reduce<Record<string, unknown>>(
    (value, name) => value[name] as Record<string, unknown>,
    JSON.parse(template),
  );
  expect(list).toEqual({});
  expect(template.split('\n')[lineForFirst(template)]).toContain(path.at(-1));
});
