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

const provider = (id: string, key: 'required' | 'none', keyOf = id) => ({ id, name: id, key, keyOf });
const listing = (async () => ({
  providers: [
    provider('openai', 'required'),
    provider('openai-responses', 'required', 'openai'),
    provider('acme', 'required'),
    provider('ollama', 'none'),
  ],
})) as unknown as Send;

test('each key is offered once, and providers without keys never', async () => {
  const ids = (await providersThatTakeKeys(listing)).map(({ keyOf }) => keyOf);
  expect(ids).toEqual(['openai', 'acme']);
});

test('both formats of OpenAI take one key, and a provider nobody has told of has its own', async () => {
  expect(await keyOwner(listing, 'openai-responses')).toBe('openai');
  expect(await keyOwner(listing, 'my.proxy')).toBe('my.proxy');
});
