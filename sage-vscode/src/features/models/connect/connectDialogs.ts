import * as vscode from 'vscode';
import type { ProviderSummary, TestedModel, TestFailure } from '../../../protocol/generated';
import type { ConnectDialogs, Remedy } from './ports';

const { l10n, window } = vscode;

/** The quick picks, input boxes and dialogs of *Sage: Connect a Model*. */
export const connectDialogs: ConnectDialogs = {
  async pickProvider(providers) {
    const items = providers.map((provider) => ({
      provider,
      label: provider.name,
      description: needsOf(provider),
      detail: provider.baseUrl ?? exampleOf(provider),
    }));
    const picked = await window.showQuickPick(items, {
      title: l10n.t('Connect a model: whose?'),
      placeHolder: l10n.t('Type to search'),
      matchOnDetail: true,
      ignoreFocusOut: true,
    });
    return picked?.provider;
  },

  async askAddress(provider, current) {
    const address = await window.showInputBox({
      title: l10n.t('Address of {0}', provider.name),
      prompt: addressHint(provider),
      placeHolder: exampleOf(provider),
      value: current,
      ignoreFocusOut: true,
      validateInput: (text) =>
        isAddress(text.trim()) ? undefined : l10n.t('An address starts with http:// or https://.'),
    });
    return address?.trim();
  },

  async askKey(provider) {
    const mayBeEmpty = provider.key === 'optional' || provider.keyFrom !== undefined;
    const key = await window.showInputBox({
      title: l10n.t('API key for {0}', provider.name),
      prompt: keyHint(provider),
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) =>
        mayBeEmpty || text.trim() !== '' ? undefined : l10n.t('{0} needs an API key.', provider.name),
    });
    const found = provider.key === 'required' && provider.keyFrom !== undefined;
    return key?.trim() === '' && found ? null : key?.trim();
  },

  async pickModel(provider, models) {
    if (models.length === 0) {
      return typeModel(provider);
    }
    const other = { label: l10n.t('Another model…'), description: '', model: undefined };
    const items = models.map((model) => ({
      label: model.name,
      description: model.name === model.id ? '' : model.id,
      model,
    }));
    const picked = await window.showQuickPick([...items, other], {
      title: l10n.t('Which model of {0} shall answer?', provider.name),
      placeHolder: l10n.t('Type to search'),
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    return picked === other ? typeModel(provider) : picked?.model;
  },

  async testing<T>(provider: ProviderSummary, test: (signal: AbortSignal) => Promise<T>) {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Sage is asking {0}…', provider.name),
      cancellable: true,
    };
    return window.withProgress(options, async (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      try {
        return await test(abort.signal);
      } catch (error) {
        if (abort.signal.aborted) {
          return undefined;
        }
        throw error;
      }
    });
  },

  async failed(provider: ProviderSummary, failure: TestFailure, remedies: readonly Remedy[]) {
    const labels = new Map(remedies.map((remedy) => [labelOf(remedy), remedy]));
    const picked = await window.showErrorMessage(
      l10n.t('{0} is not connected. {1}', provider.name, failure.message),
      // Closing it is the way to cancel: with one more button none could be read whole.
      ...labels.keys(),
    );
    return picked === undefined ? undefined : labels.get(picked);
  },

  connected(provider: ProviderSummary, model: TestedModel, tested: boolean) {
    window.showInformationMessage(
      tested
        ? l10n.t('It works: {0} of {1} answered, and answers in Sage from now on.', model.name, provider.name)
        : l10n.t('{0} of {1} is selected, although the test failed.', model.name, provider.name),
    );
  },
};

function needsOf({ key, keyFrom, baseUrl }: ProviderSummary): string {
  if (keyFrom !== undefined) {
    return keyFrom === 'editor' ? l10n.t('key stored') : l10n.t('key found in {0}', keyFrom);
  }
  if (key === 'none') {
    return l10n.t('on this machine, needs no key');
  }
  if (baseUrl === undefined) {
    return key === 'optional' ? l10n.t('needs an address') : l10n.t('needs an address and an API key');
  }
  return l10n.t('needs an API key');
}

const exampleOf = ({ id }: ProviderSummary) =>
  id === 'azure' ? 'https://NAME.openai.azure.com' : 'http://127.0.0.1:8000/v1';

function addressHint({ id }: ProviderSummary): string {
  switch (id) {
    case 'azure':
      return l10n.t(
        'The address of your resource in Azure. The models are its deployments, under the names you gave them.',
      );
    case 'anthropic':
      return l10n.t('The part before /v1/messages.');
    default:
      return l10n.t('The part before /chat/completions or /responses; it normally ends in /v1.');
  }
}

function keyHint({ key, keyFrom }: ProviderSummary): string {
  if (key === 'optional') {
    return l10n.t('Leave this empty when the server needs none.');
  }
  if (keyFrom === 'editor') {
    return l10n.t('Leave this empty to use the key that is stored.');
  }
  return keyFrom === undefined
    ? l10n.t("Kept in the editor's secret storage, never in settings.")
    : l10n.t('Leave this empty to use the key from {0}.', keyFrom);
}

async function typeModel(provider: ProviderSummary): Promise<TestedModel | undefined> {
  const typed = await window.showInputBox({
    title: l10n.t('Which model of {0} shall answer?', provider.name),
    prompt:
      provider.id === 'azure' ? l10n.t('The name of your deployment.') : l10n.t('Its id, as the provider writes it.'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? l10n.t('Enter the id of a model.') : undefined),
  });
  const id = typed?.trim();
  return id === undefined || id === '' ? undefined : { id, name: id };
}

function labelOf(remedy: Remedy): string {
  switch (remedy) {
    case 'again':
      return l10n.t('Try Again');
    case 'key':
      return l10n.t('Edit Key');
    case 'address':
      return l10n.t('Edit Address');
    case 'model':
      return l10n.t('Other Model');
    case 'keep':
      return l10n.t('Keep Anyway');
  }
}

function isAddress(text: string): boolean {
  return /^https?:\/\/[^/\s]/i.test(text) && URL.canParse(text);
}
