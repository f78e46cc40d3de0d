import { Methods, type ProviderSummary } from '../../protocol/generated';
import type { Send } from '../../server/requests';

/** Who takes an API key: each key once, whatever number of wire formats it opens. */
export async function providersThatTakeKeys(send: Send): Promise<readonly ProviderSummary[]> {
  const { providers } = await send(Methods.listProviders, {});
  const withKeys = providers.filter(({ key }) => key !== 'none');
  return withKeys.filter(({ keyOf }, index) => withKeys.findIndex((other) => other.keyOf === keyOf) === index);
}

/** Under whose id this provider's key is kept; the provider may be one that nobody has told of. */
export async function keyOwner(send: Send, provider: string): Promise<string> {
  const { providers } = await send(Methods.listProviders, {});
  return providers.find(({ id }) => id === provider)?.keyOf ?? provider;
}
