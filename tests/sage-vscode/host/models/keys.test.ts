import { expect, test } from 'vitest';
import { Keys } from '../../../../sage-vscode/src/features/models/keys';
import { keyOwner, providersThatTakeKeys } from '../../../../sage-vscode/src/features/models/providers';
import type { Send } from '../../../../sage-vscode/src/server/requests';

function keys(stored: Record<string, string> = {}) {
  const secrets = new Map(Object.entries(stored));
  const sent: unknown[] = [];
  const subject = new Keys({
    keys: async () => [...secrets.keys()],
    get: async (name) => secrets.get(name),
    store: async (name, value) => void secrets.set(name, value),
    delete: async (name) => void secrets.delete(name),
  });
  const send = (async (method: string, params: unknown) => void sent.push([method, params])) as unknown as Send;
  return { subject, secrets, sent, send };
}

test('every stored key is handed to a server that has started, and no other secret', async () => {
  const { subject, sent, send } = keys({ 'sage.key.openai': 'a', 'sage.key.my.proxy': 'b', 'sage.other': 'c' });
  await subject.pushAll(send);
  expect(sent).toEqual([
    ['sage/model/setKey', { provider: 'openai', key: 'a' }],
    ['sage/model/setKey', { provider: 'my.proxy', key: 'b' }],
  ]);
});

test('a key is stored without the blanks that came with pasting it', async () => {
  const { subject, secrets } = keys();
  await subject.set('openai', ' sk-1\n');
  expect([...secrets]).toEqual([['sage.key.openai', 'sk-1']]);
});

test('an empty key removes the stored one, and the server is told to forget it', async () => {
  const { subject, secrets, sent, send } = keys({ 'sage.key.openai': 'a' });
  await subject.set('openai', '');
  await subject.push('openai', send);
  expect([...secrets]).toEqual([]);
  expect(sent).toEqual([['sage/model/setKey', { provider: 'openai', key: null }]]);
});

test('providers that only the server knows are offered once, those without keys never', () => {
  const ids = providersThatTakeKeys(['anthropic', 'acme', 'acme', 'demo', 'ollama']).map(({ id }) => id);
  expect(ids.filter((id) => id === 'anthropic' || id === 'acme')).toEqual(['anthropic', 'acme']);
  expect(ids).not.toContain('demo');
  expect(ids).not.toContain('ollama');
});

test('both formats of OpenAI take one key', () => {
  expect(keyOwner('openai-responses')).toBe('openai');
  expect(keyOwner('anthropic')).toBe('anthropic');
  expect(
    providersThatTakeKeys(['openai-responses', 'openai']).filter(({ id }) => id.startsWith('openai')),
  ).toHaveLength(2);
});
