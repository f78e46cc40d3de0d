import { expect, test } from 'vitest';
import { connectModel } from '../../../../sage-vscode/src/features/models/connect/connectModel';
import type { ConnectDialogs, Endpoint, Remedy } from '../../../../sage-vscode/src/features/models/connect/ports';
import type { ProviderSummary, TestModelParams, TestModelResult } from '../../../../sage-vscode/src/protocol/generated';
import type { Send } from '../../../../sage-vscode/src/server/requests';

const anthropic: ProviderSummary = {
  id: 'anthropic',
  name: 'Anthropic',
  key: 'required',
  keyOf: 'anthropic',
  baseUrl: 'https://api.anthropic.com',
};
const openai: ProviderSummary = { ...anthropic, id: 'openai-responses', name: 'OpenAI', keyOf: 'openai' };
const ollama: ProviderSummary = { ...anthropic, id: 'ollama', name: 'Ollama', key: 'none', keyOf: 'ollama' };
const custom: ProviderSummary = {
  id: 'openai-compatible',
  name: 'Another',
  key: 'optional',
  keyOf: 'openai-compatible',
};

const models = [
  { id: 'm1', name: 'M One' },
  { id: 'm2', name: 'M Two' },
];
const fine: TestModelResult = { ok: true, models };
const refused: TestModelResult = {
  ok: false,
  models: [],
  error: { code: 'authentication', message: 'Anthropic refused the API key (401).' },
};

interface Script {
  readonly provider?: ProviderSummary;
  readonly addresses?: (string | undefined)[];
  readonly keys?: (string | null | undefined)[];
  readonly picks?: (string | undefined)[];
  readonly remedies?: (Remedy | undefined)[];
  readonly answers?: (TestModelResult | undefined)[];
  readonly configured?: Partial<Endpoint>;
}

/** Plays the user and the server as told, and writes down what happened in order. */
async function play(script: Script) {
  const log: unknown[] = [];
  const tests: TestModelParams[] = [];
  const offered: Remedy[][] = [];
  const [addresses, keys, picks, remedies, answers] = [
    [...(script.addresses ?? [])],
    [...(script.keys ?? [])],
    [...(script.picks ?? [])],
    [...(script.remedies ?? [])],
    [...(script.answers ?? [])],
  ];
  const request = (async (method: string, params: TestModelParams) => {
    if (method === 'sage/model/providers') {
      return { providers: [anthropic, openai, ollama, custom] };
    }
    if (method === 'sage/model/test') {
      tests.push(params);
      return answers.shift();
    }
    log.push([method, params]);
    return {};
  }) as unknown as Send;
  const dialogs: ConnectDialogs = {
    pickProvider: async () => script.provider,
    askAddress: async () => addresses.shift(),
    askKey: async () => keys.shift(),
    pickModel: async (_, listed) => {
      const id = picks.shift();
      return id === undefined ? undefined : (listed.find((model) => model.id === id) ?? { id, name: id });
    },
    testing: (_, run) => run(new AbortController().signal),
    failed: async (_, __, choices) => {
      offered.push([...choices]);
      return remedies.shift();
    },
    connected: (_, model, tested) => log.push(['connected', model.id, tested]),
  };
  await connectModel({
    request,
    dialogs,
    settings: {
      read: () => ({ provider: '', baseUrl: '', model: '', ...script.configured }),
      write: async (endpoint) => void log.push(['write', endpoint]),
    },
    storeKey: async (keyOf, key) => void log.push(['key', keyOf, key]),
  });
  return { log, tests, offered };
}

test('key, test, model, test of the model, and only then everything is stored', async () => {
  const { log, tests } = await play({ provider: openai, keys: ['sk'], picks: ['m2'], answers: [fine, fine] });
  expect(tests).toEqual([
    { provider: 'openai-responses', key: 'sk' },
    { provider: 'openai-responses', key: 'sk', model: 'm2' },
  ]);
  expect(log).toEqual([
    ['key', 'openai', ''],
    ['write', { provider: 'openai-responses', baseUrl: '', model: 'openai-responses/m2' }],
    ['key', 'openai', 'sk'],
    ['sage/model/select', { id: 'openai-responses/m2' }],
    ['connected', 'm2', true],
  ]);
});

test('an address is asked for where the provider has none, and no key of its own for a server on this machine', async () => {
  const elsewhere = await play({
    provider: custom,
    addresses: ['http://h/v1'],
    keys: [''],
    picks: ['m1'],
    answers: [fine, fine],
  });
  expect(elsewhere.tests[0]).toEqual({ provider: 'openai-compatible', baseUrl: 'http://h/v1', key: '' });
  const local = await play({ provider: ollama, picks: ['m1'], answers: [fine, fine] });
  expect(local.tests[0]).toEqual({ provider: 'ollama' });
  expect(local.log).not.toContainEqual(expect.arrayContaining(['key']));
});

test('a key that was found is used without being stored', async () => {
  const { log, tests } = await play({ provider: anthropic, keys: [null], picks: ['m1'], answers: [fine, fine] });
  expect(tests[0]).toEqual({ provider: 'anthropic' });
  expect(log.filter((entry) => (entry as unknown[])[0] === 'key')).toEqual([]);
});

test('a wrong key is replaced, and only the right one is stored', async () => {
  const { log, tests, offered } = await play({
    provider: anthropic,
    keys: ['wrong', 'right'],
    remedies: ['key'],
    picks: ['m1'],
    answers: [refused, fine, fine],
  });
  expect(offered).toEqual([['again', 'key', 'address', 'keep']]);
  expect(tests.map(({ key }) => key)).toEqual(['wrong', 'right', 'right']);
  expect(JSON.stringify(log)).not.toContain('wrong');
});

test('a wrong address is replaced; the own address of the provider is not stored', async () => {
  const moved = await play({
    provider: ollama,
    addresses: ['http://other/v1'],
    remedies: ['address'],
    picks: ['m1'],
    answers: [refused, fine, fine],
  });
  expect(moved.offered).toEqual([['again', 'address', 'keep']]);
  expect(moved.log).toContainEqual(['write', { provider: 'ollama', baseUrl: 'http://other/v1', model: 'ollama/m1' }]);
  const back = await play({
    provider: anthropic,
    keys: ['k'],
    configured: { provider: 'anthropic', baseUrl: 'http://proxy' },
    addresses: ['https://api.anthropic.com'],
    remedies: ['address'],
    picks: ['m1'],
    answers: [refused, fine, fine],
  });
  expect(back.tests[0]).toMatchObject({ baseUrl: 'http://proxy' });
  expect(back.tests[1]).toEqual({ provider: 'anthropic', key: 'k' });
});

test('a model that does not answer can be changed for another', async () => {
  const { log, tests, offered } = await play({
    provider: anthropic,
    keys: ['k'],
    picks: ['m1', 'm2'],
    remedies: ['model'],
    answers: [fine, refused, fine],
  });
  expect(offered).toEqual([['again', 'model', 'key', 'keep']]);
  expect(tests.map(({ model }) => model)).toEqual([undefined, 'm1', 'm2']);
  expect(log).toContainEqual(['connected', 'm2', true]);
});

test('where no list has shown that the address is right, it can still be edited after the model failed', async () => {
  const { offered } = await play({
    provider: custom,
    addresses: ['http://h'],
    keys: [''],
    picks: ['m'],
    answers: [{ ok: true, models: [] }, refused],
  });
  expect(offered).toEqual([['again', 'model', 'key', 'address', 'keep']]);
});

test.each<[string, Script]>([
  ['no provider', {}],
  ['no key', { provider: anthropic, keys: [undefined] }],
  ['no address', { provider: custom, addresses: [undefined] }],
  ['no remedy', { provider: anthropic, keys: ['k'], answers: [refused], remedies: [undefined] }],
  ['no other key', { provider: anthropic, keys: ['k', undefined], answers: [refused], remedies: ['key'] }],
  ['a cancelled test', { provider: anthropic, keys: ['k'], answers: [undefined] }],
  ['no model', { provider: anthropic, keys: ['k'], answers: [fine], picks: [undefined] }],
  ['a cancelled test of the model', { provider: anthropic, keys: ['k'], answers: [fine, undefined], picks: ['m1'] }],
])('%s: nothing is stored', async (_, script) => {
  const { log } = await play(script);
  expect(log).toEqual([]);
});

test('what failed is kept when the user says so, and it is said', async () => {
  const { log } = await play({
    provider: anthropic,
    keys: ['k'],
    answers: [refused, refused],
    remedies: ['keep', 'keep'],
    picks: ['by-hand'],
  });
  expect(log).toContainEqual(['key', 'anthropic', 'k']);
  expect(log.at(-1)).toEqual(['connected', 'by-hand', false]);
});

test('the old key is gone before the address changes, and the new one comes after it', async () => {
  const { log } = await play({
    provider: custom,
    configured: { provider: 'openai-compatible', baseUrl: 'http://old/v1' },
    addresses: ['http://new/v1'],
    keys: ['new-key'],
    picks: ['m1'],
    answers: [fine, fine],
  });
  expect(log.map((entry) => (entry as unknown[]).slice(0, 3))).toEqual([
    ['key', 'openai-compatible', ''],
    ['write', { provider: 'openai-compatible', baseUrl: 'http://new/v1', model: 'openai-compatible/m1' }],
    ['key', 'openai-compatible', 'new-key'],
    ['sage/model/select', { id: 'openai-compatible/m1' }],
    ['connected', 'm1', true],
  ]);
});
