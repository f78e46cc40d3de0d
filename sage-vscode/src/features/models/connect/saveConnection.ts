import { Methods, type TestedModel } from '../../../protocol/generated';
import type { ConnectParts, Draft } from './ports';

/** Stores what was connected, in an order in which no key is ever sent to an address that it does not belong to. */
export async function saveConnection(
  { request, settings, storeKey }: ConnectParts,
  { provider, baseUrl, key }: Draft,
  model: TestedModel,
): Promise<void> {
  const before = settings.read();
  const moves = before.provider !== provider.id || before.baseUrl !== baseUrl;
  if (moves && key !== null) {
    // Settings and keys change one after the other, and other windows look at them in between.
    await storeKey(provider.keyOf, '');
  }
  const id = `${provider.id}/${model.id}`;
  await settings.write({ provider: provider.id, baseUrl, model: id });
  if (key !== null) {
    await storeKey(provider.keyOf, key);
  }
  await request(Methods.selectModel, { id });
}
