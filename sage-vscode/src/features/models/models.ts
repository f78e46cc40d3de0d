import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import { Signal } from '../../infrastructure/signal';
import { type ListModelsResult, Methods, type ModelSummary } from '../../protocol/generated';
import type { Send, Server } from '../../server/requests';
import { connectDialogs } from './connect/connectDialogs';
import { connectModel } from './connect/connectModel';
import { endpointSettings } from './connect/endpointSettings';
import { Keys } from './keys';
import { keyOwner, providersThatTakeKeys } from './providers';

interface ModelItem extends vscode.QuickPickItem {
  readonly model?: ModelSummary;
}

/** Which model answers, and the keys that providers want. */
export class Models {
  readonly changed = new Signal<ListModelsResult>();
  readonly #keys: Keys;
  #last: ListModelsResult | null = null;
  /** Settings and keys that belong together change one after the other; nothing is asked for in between. */
  #connecting = false;

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
    private readonly currentSession: () => string | null,
  ) {
    this.#keys = new Keys(context.secrets);
    context.subscriptions.push(
      vscode.commands.registerCommand('sage.selectModel', () => this.#pick()),
      vscode.commands.registerCommand('sage.connectModel', () => this.connect()),
      vscode.commands.registerCommand('sage.setApiKey', (provider?: string) => this.askForKey(provider)),
      // Also raised in the other windows, whose servers need the key as well.
      context.secrets.onDidChange(({ key }) => this.#secretChanged(key)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (['provider', 'baseUrl', 'model', 'prices'].some((name) => change.affectsConfiguration(`sage.${name}`))) {
          this.#refreshIfRunning();
        }
      }),
    );
  }

  /** Hands the stored keys to a server that has just started. */
  async prepare(send: Send): Promise<void> {
    try {
      await this.#keys.pushAll(send);
    } catch (error) {
      this.log.error(`Handing over the API keys: ${messageOf(error)}`);
    }
  }

  async refresh(): Promise<void> {
    this.#last = await this.server.request(Methods.listModels, {});
    this.changed.emit(this.#last);
  }

  async select(id: string): Promise<void> {
    const model = this.#last?.models.find((candidate) => candidate.id === id);
    if (model?.ready === false) {
      await this.askForKey(model.provider);
      if (!(await this.#keys.has(await keyOwner(this.server.request, model.provider)))) {
        return;
      }
    }
    const sessionId = this.currentSession();
    await this.server.request(Methods.selectModel, sessionId === null ? { id } : { id, sessionId });
    await vscode.workspace.getConfiguration('sage').update('model', id, vscode.ConfigurationTarget.Global);
    await this.refresh();
  }

  async connect(): Promise<void> {
    const { request } = this.server;
    try {
      await connectModel({
        request,
        dialogs: connectDialogs,
        settings: {
          read: endpointSettings.read,
          write: (endpoint) => {
            this.#connecting = true;
            return endpointSettings.write(endpoint);
          },
        },
        storeKey: async (keyOf, key) => {
          await this.#keys.set(keyOf, key);
          await this.#keys.push(keyOf, request);
        },
      });
    } finally {
      this.#connecting = false;
      await this.refresh();
    }
  }

  async askForKey(provider?: string): Promise<void> {
    const picked = provider ?? (await this.#pickProvider());
    if (picked === undefined) {
      return;
    }
    const chosen = await keyOwner(this.server.request, picked);
    const known = await this.#keys.has(chosen);
    const key = await vscode.window.showInputBox({
      title: vscode.l10n.t('API key for {0}', chosen),
      prompt: known
        ? vscode.l10n.t('A key is stored. Enter a new one, or leave this empty to remove it.')
        : vscode.l10n.t("Kept in the editor's secret storage, never in settings."),
      password: true,
      ignoreFocusOut: true,
    });
    if (key !== undefined) {
      await this.#keys.set(chosen, key);
    }
  }

  async #pick(): Promise<void> {
    await this.refresh();
    const { models, selected } = this.#last ?? { models: [], selected: '' };
    const picked = await vscode.window.showQuickPick(modelItems(models, selected), {
      title: vscode.l10n.t('Model that answers'),
      placeHolder: vscode.l10n.t('Type to search'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (picked?.model !== undefined) {
      await this.select(picked.model.id);
    }
  }

  async #pickProvider(): Promise<string | undefined> {
    const providers = await providersThatTakeKeys(this.server.request);
    const items = await Promise.all(
      providers.map(async ({ keyOf, name }) => ({
        id: keyOf,
        label: name,
        description: (await this.#keys.has(keyOf)) ? vscode.l10n.t('key stored') : '',
      })),
    );
    const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Whose API key?') });
    return picked?.id;
  }

  async #secretChanged(name: string): Promise<void> {
    const provider = Keys.providerOf(name);
    if (provider === null || this.server.state.kind !== 'running') {
      return;
    }
    try {
      await this.#keys.push(provider, this.server.request);
      if (!this.#connecting) {
        await this.refresh();
      }
    } catch (error) {
      this.log.error(`Handing over the API key of ${provider}: ${messageOf(error)}`);
    }
  }

  #refreshIfRunning(): void {
    if (this.server.state.kind === 'running' && !this.#connecting) {
      this.refresh().catch((error) => this.log.error(`Listing the models: ${messageOf(error)}`));
    }
  }
}

function modelItems(models: readonly ModelSummary[], selected: string): ModelItem[] {
  const providers = [...new Set(models.map(({ provider }) => provider))];
  return providers.flatMap((provider) => [
    {
      label: provider === 'editor' ? vscode.l10n.t("VS Code's models") : provider,
      kind: vscode.QuickPickItemKind.Separator,
    },
    ...models
      .filter((model) => model.provider === provider)
      .map((model) => ({
        model,
        label: `${model.id === selected ? '$(check) ' : ''}${model.name}`,
        description: model.ready ? model.id : `$(key) ${model.id}`,
        ...(model.hint !== undefined && { detail: model.hint }),
      })),
  ]);
}
