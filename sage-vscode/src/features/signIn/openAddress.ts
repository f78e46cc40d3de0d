import * as vscode from 'vscode';
import type { OpenAddressParams, OpenAddressResult } from '../../protocol/generated';

/** Opens what an MCP server wants the user to see. A sign-in is asked about first: nobody has asked for it just now. */
export async function openAddress({ url, server, purpose, callback }: OpenAddressParams): Promise<OpenAddressResult> {
  const address = vscode.Uri.parse(url, true);
  if (address.scheme !== 'https' && address.scheme !== 'http') {
    return { opened: false };
  }
  if (purpose === 'signIn' && !(await wantsToSignIn(server, address.authority))) {
    return { opened: false };
  }
  if (callback !== undefined) {
    // The browser may run on another machine than we do: this makes the way back.
    await vscode.env.asExternalUri(vscode.Uri.parse(callback, true));
  }
  return { opened: await vscode.env.openExternal(address) };
}

async function wantsToSignIn(server: string, host: string): Promise<boolean> {
  const yes = vscode.l10n.t('Sign In');
  const no = vscode.l10n.t('Not Now');
  const question = vscode.l10n.t('The MCP server {0} wants you to sign in at {1}.', server, host);
  return (await vscode.window.showInformationMessage(question, yes, no)) === yes;
}
