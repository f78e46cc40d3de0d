import * as vscode from 'vscode';
import type { Endpoint } from './ports';

/** The three settings that say which model answers where: the user's own, never a workspace's. */
export const endpointSettings = {
  read(): Endpoint {
    const own = (name: string) => vscode.workspace.getConfiguration('sage').inspect<string>(name)?.globalValue ?? '';
    return { provider: own('provider'), baseUrl: own('baseUrl'), model: own('model') };
  },

  async write({ provider, baseUrl, model }: Endpoint): Promise<void> {
    // The old address goes first: it belongs to the old provider.
    await set('baseUrl', '');
    await set('provider', provider);
    await set('model', model);
    await set('baseUrl', baseUrl);
  },
};

/** What is empty is taken out. */
async function set(name: string, value: string): Promise<void> {
  await vscode.workspace
    .getConfiguration('sage')
    .update(name, value === '' ? undefined : value, vscode.ConfigurationTarget.Global);
}
