import * as vscode from 'vscode';
import { type HookState, type HookSummary, Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { writeHookReport } from './hookReport';

interface HookItem extends vscode.QuickPickItem {
  readonly hook?: HookSummary;
}

const tryIt = (): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon('beaker'),
  tooltip: vscode.l10n.t('Test this hook'),
});

/** The programs that are run when something happens: to look at, and to try. */
export class Hooks {
  constructor(private readonly server: Server) {}

  /** Lets the user open the file of one of them, or try it. */
  async show(): Promise<void> {
    const { hooks, problems } = await this.server.request(Methods.listHooks, {});
    const items = [...problems.map(problemItem), ...hooks.map(itemOf)];
    const picker = vscode.window.createQuickPick<HookItem>();
    picker.title = vscode.l10n.t('Hooks: programs that run when something happens');
    picker.placeholder =
      items.length === 0
        ? vscode.l10n.t('There are none. They stand in settings.json under hooks; see docs/hooks.md.')
        : vscode.l10n.t('Open the file of a hook, or test it with the button');
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    picker.items = items;
    picker.onDidTriggerItemButton(({ item }) => {
      picker.hide();
      void this.#try(item.hook).catch(showError);
    });
    picker.onDidAccept(() => {
      const [picked] = picker.selectedItems;
      picker.hide();
      void open(picked?.hook).catch(showError);
    });
    picker.onDidHide(() => picker.dispose());
    picker.show();
  }

  async #try(hook: HookSummary | undefined): Promise<void> {
    if (hook === undefined) {
      return;
    }
    const title = vscode.l10n.t('Testing the hook {0}', hook.command);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const result = await vscode.window.withProgress(options, (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      return this.server.request(Methods.testHook, { id: hook.id }, stop.signal);
    });
    const content = writeHookReport(hook, result);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: 'markdown' }), {
      preview: true,
    });
  }
}

function itemOf(hook: HookSummary): HookItem {
  const { on, matcher, command, place, state, timeoutSeconds, walled } = hook;
  const walls = walled ? vscode.l10n.t('behind walls') : vscode.l10n.t('without walls');
  return {
    label: `$(${state === 'active' ? 'plug' : 'circle-slash'}) ${on}${matcher === undefined ? '' : ` (${matcher})`}`,
    description: command,
    detail: [stateWords(state), place, walls, vscode.l10n.t('at most {0} s', timeoutSeconds)].join(' · '),
    ...(state === 'active' && { buttons: [tryIt()] }),
    hook,
  };
}

function problemItem(problem: string): HookItem {
  return { label: `$(warning) ${problem}`, alwaysShow: true };
}

function stateWords(state: HookState): string {
  switch (state) {
    case 'active':
      return vscode.l10n.t('runs');
    case 'notAgreed':
      return vscode.l10n.t('does not run: you have not agreed to it');
    case 'notTrusted':
      return vscode.l10n.t('does not run: the workspace is not trusted');
    default:
      return vscode.l10n.t('does not run: hooks are switched off');
  }
}

async function open(hook: HookSummary | undefined): Promise<void> {
  if (hook?.path !== undefined) {
    await vscode.window.showTextDocument(vscode.Uri.file(hook.path), { preview: true });
  }
}

function showError(error: unknown): void {
  void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
}
