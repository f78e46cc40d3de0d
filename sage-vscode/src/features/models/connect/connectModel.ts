import { Methods, type TestedModel, type TestModelResult } from '../../../protocol/generated';
import type { ConnectParts, Draft, Remedy } from './ports';
import { saveConnection } from './saveConnection';

/** Whether a step went on, or which step has to be gone through again. */
type Answer<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'changed'; readonly draft: Draft }
  | null;

/**
 * Provider, address or key, a test, the model, a test of that model, and only then the settings: what does not work is not stored
 * unless the user wants it all the same.
 */
export async function connectModel(parts: ConnectParts): Promise<void> {
  let draft = await begin(parts);
  while (draft !== undefined) {
    const models = await testProvider(parts, draft);
    if (models?.kind !== 'done') {
      draft = models?.draft;
      continue;
    }
    const chosen = await chooseModel(parts, draft, models.value);
    if (chosen?.kind === 'done') {
      await saveConnection(parts, draft, chosen.value.model);
      parts.dialogs.connected(draft.provider, chosen.value.model, chosen.value.tested);
      return;
    }
    draft = chosen?.draft;
  }
}

async function begin({ request, dialogs, settings }: ConnectParts): Promise<Draft | undefined> {
  const { providers } = await request(Methods.listProviders, {});
  const provider = await dialogs.pickProvider(providers);
  if (provider === undefined) {
    return undefined;
  }
  const configured = settings.read();
  const known = configured.provider === provider.id ? configured.baseUrl : '';
  const baseUrl = provider.baseUrl === undefined ? await dialogs.askAddress(provider, known) : known;
  if (baseUrl === undefined) {
    return undefined;
  }
  const key = provider.key === 'none' ? null : await dialogs.askKey(provider);
  return key === undefined ? undefined : { provider, baseUrl, key };
}

async function testProvider(parts: ConnectParts, draft: Draft): Promise<Answer<readonly TestedModel[]>> {
  const result = await test(parts, draft);
  if (result === undefined) {
    return null;
  }
  if (result.error === undefined) {
    return { kind: 'done', value: result.models };
  }
  const remedies: Remedy[] = ['again', ...editable(draft), 'keep'];
  const remedy = await parts.dialogs.failed(draft.provider, result.error, remedies);
  return remedy === 'keep' ? { kind: 'done', value: result.models } : apply(parts, draft, remedy);
}

/** Asks for the model until one answers. */
async function chooseModel(
  parts: ConnectParts,
  draft: Draft,
  models: readonly TestedModel[],
): Promise<Answer<{ readonly model: TestedModel; readonly tested: boolean }>> {
  let model = await parts.dialogs.pickModel(draft.provider, models);
  while (model !== undefined) {
    const result = await test(parts, draft, model.id);
    if (result === undefined) {
      return null;
    }
    if (result.error === undefined) {
      return { kind: 'done', value: { model, tested: true } };
    }
    // A list has shown that the address is right.
    const edits = editable(draft).filter((edit) => edit !== 'address' || models.length === 0);
    const remedies: Remedy[] = ['again', 'model', ...edits, 'keep'];
    const remedy = await parts.dialogs.failed(draft.provider, result.error, remedies);
    if (remedy === 'keep') {
      return { kind: 'done', value: { model, tested: false } };
    }
    if (remedy === 'model') {
      model = await parts.dialogs.pickModel(draft.provider, models);
    } else if (remedy !== 'again') {
      return apply(parts, draft, remedy);
    }
  }
  return null;
}

async function test(
  { request, dialogs }: ConnectParts,
  draft: Draft,
  model?: string,
): Promise<TestModelResult | undefined> {
  const { provider, baseUrl, key } = draft;
  const params = {
    provider: provider.id,
    ...(baseUrl !== '' && { baseUrl }),
    ...(key !== null && { key }),
    ...(model !== undefined && { model }),
  };
  return dialogs.testing(provider, (signal) => request(Methods.testModel, params, signal));
}

const editable = ({ provider }: Draft): Remedy[] => (provider.key === 'none' ? ['address'] : ['key', 'address']);

/** What the user changed; with nothing said, the flow ends. */
async function apply({ dialogs }: ConnectParts, draft: Draft, remedy: Remedy | undefined): Promise<Answer<never>> {
  switch (remedy) {
    case 'again':
      return { kind: 'changed', draft };
    case 'key': {
      const key = await dialogs.askKey(draft.provider);
      return key === undefined ? null : { kind: 'changed', draft: { ...draft, key } };
    }
    case 'address': {
      const baseUrl = await dialogs.askAddress(draft.provider, draft.baseUrl || (draft.provider.baseUrl ?? ''));
      const own = baseUrl === draft.provider.baseUrl ? '' : baseUrl;
      return own === undefined ? null : { kind: 'changed', draft: { ...draft, baseUrl: own } };
    }
    default:
      return null;
  }
}
