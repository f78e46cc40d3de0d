import type { Action } from '../../../../sage-vscode/webview/state/reducer';
import { Composer } from '../../../../sage-vscode/webview/views/composer/composer';
import { type Panel, showPanel } from './panel';

/** The composer of a panel whose server runs, and to which this has happened. */
export async function panelWith(...actions: Action[]): Promise<Panel> {
  const panel = await showPanel(<Composer />);
  await panel.act({ type: 'serverState', state: { kind: 'running' } }, ...actions);
  return panel;
}

export const field = (panel: Panel) => panel.find('composer-input') as HTMLTextAreaElement;

/** What the list above the composer offers. */
export const listed = (panel: Panel) =>
  [...panel.root.querySelectorAll('[data-testid="command-option"] .pick-label')].map((label) => label.textContent);
