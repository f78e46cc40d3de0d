import * as vscode from 'vscode';
import { Methods } from '../../protocol/generated';
import type { Send } from '../../server/requests';

const SETTING = 'mcp.editorServers';

/** Names the file in which this editor keeps the user's own MCP servers, or none where the user does not want them used. */
export async function tellEditorServers(context: vscode.ExtensionContext, send: Send): Promise<void> {
  const wanted = vscode.workspace.getConfiguration('sage').get(SETTING, true);
  // No interface names the file; it lies beside the folder in which extensions keep theirs.
  const file = vscode.Uri.joinPath(context.globalStorageUri, '..', '..', 'mcp.json');
  const place = `mcp.json (${vscode.env.appName})`;
  await send(Methods.useEditorMcpServers, wanted ? { place, path: file.fsPath } : { place });
}

/** True when a change of the settings changes what is named. */
export function concernsEditorServers(change: vscode.ConfigurationChangeEvent): boolean {
  return change.affectsConfiguration(`sage.${SETTING}`);
}
