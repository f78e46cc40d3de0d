import { describe, expect, test } from 'vitest';
import { McpSecrets } from '../../../../sage-vscode/src/features/signIn/mcpSecrets';

function storage() {
  const kept = new Map<string, string>([['sage.key.openai', 'a key of models']]);
  return {
    kept,
    get: async (name: string) => kept.get(name),
    store: async (name: string, value: string) => void kept.set(name, value),
    delete: async (name: string) => void kept.delete(name),
  };
}

describe('What is kept for MCP servers', () => {
  test('comes back, and is forgotten without a value', async () => {
    const secrets = new McpSecrets(storage());
    await secrets.write({ name: 'https://example.com/mcp', value: 'tokens' });
    expect(await secrets.read('https://example.com/mcp')).toEqual({ value: 'tokens' });
    await secrets.write({ name: 'https://example.com/mcp' });
    expect(await secrets.read('https://example.com/mcp')).toEqual({});
  });

  test('never is a key of models, whatever the name', async () => {
    const editor = storage();
    const secrets = new McpSecrets(editor);
    expect(await secrets.read('sage.key.openai')).toEqual({});
    await secrets.write({ name: 'sage.key.openai', value: 'x' });
    await secrets.write({ name: '../sage.key.openai' });
    expect(editor.kept.get('sage.key.openai')).toBe('a key of models');
  });
});
