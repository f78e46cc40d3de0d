import * as vscode from 'vscode';
import { Signal } from '../../infrastructure/signal';
import {
  type AskEditorModelParams,
  type AskEditorModelResult,
  type EditorModel,
  type ListEditorModelsResult,
  Methods,
} from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { chatMessages, chatTools, textOf } from './chatMessages';
import { failureOf, pieceText, relayReply } from './reply';

/** Extensions that offer models start one after another; the server hears of them once. */
const SETTLE_MS = 250;

/** After this the server has gone on without the list. */
const PATIENCE_MS = 2000;

/** A count is only an estimate: a reply does not wait for it for long. */
const COUNT_MS = 2000;

/** The editor's own models (`vscode.lm`): the server says what to ask, this asks and hands the reply over as it comes. */
export class EditorModels {
  /** The server's list of models should be read again: the editor has other ones, or told of them too late. */
  readonly changed = new Signal<void>();
  #told: string | null = null;
  #settling: NodeJS.Timeout | undefined;

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: () => Server,
  ) {
    context.subscriptions.push(
      vscode.lm.onDidChangeChatModels(() => {
        clearTimeout(this.#settling);
        this.#settling = setTimeout(() => void this.#tellChange(), SETTLE_MS);
      }),
      new vscode.Disposable(() => clearTimeout(this.#settling)),
    );
  }

  async list(): Promise<ListEditorModelsResult> {
    const asked = Date.now();
    const models = await listed();
    this.#told = JSON.stringify(models);
    if (Date.now() - asked > PATIENCE_MS) {
      setTimeout(() => this.changed.emit());
    }
    return { models };
  }

  async ask(params: AskEditorModelParams, signal: AbortSignal): Promise<AskEditorModelResult> {
    const source = new vscode.CancellationTokenSource();
    const cancel = () => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) {
      cancel();
    }
    try {
      return await this.#ask(params, signal, source.token);
    } catch (error) {
      return { failure: failureOf(error) };
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  async #ask(
    { requestId, model: wanted, messages, tools }: AskEditorModelParams,
    signal: AbortSignal,
    token: vscode.CancellationToken,
  ): Promise<AskEditorModelResult> {
    const model = await find(wanted);
    if (model === undefined) {
      return { failure: { kind: 'notFound', message: vscode.l10n.t('The editor has no model {0}.', wanted) } };
    }
    const options = {
      justification: vscode.l10n.t('You chose this model to answer in Sage.'),
      ...(tools.length > 0 && { tools: chatTools(tools) }),
    };
    const response = await model.sendRequest(chatMessages(messages, vscode), options, token);
    const input = estimate(model, textOf(messages));
    let said = '';
    let failure: unknown;
    try {
      await relayReply(response.stream, vscode, signal, (piece) => {
        said += pieceText(piece);
        return this.server().request(Methods.editorModelPart, { requestId, ...piece });
      });
    } catch (error) {
      failure = error;
    }
    const [inputTokens, outputTokens] = await Promise.all([input, estimate(model, said)]);
    return {
      ...(inputTokens !== undefined && { inputTokens }),
      ...(outputTokens !== undefined && { outputTokens }),
      ...(failure !== undefined && { failure: failureOf(failure) }),
    };
  }

  async #tellChange(): Promise<void> {
    // Nothing was told to a server that is not there, or has not asked.
    if (this.#told === null || this.server().state.kind !== 'running') {
      return;
    }
    const models = JSON.stringify(await listed());
    if (models !== this.#told) {
      this.#told = models;
      await this.server().request(Methods.editorModelsChanged, {});
      this.changed.emit();
    }
  }
}

async function listed(): Promise<EditorModel[]> {
  const models = await vscode.lm.selectChatModels();
  return models.map(({ id, name, vendor, family, maxInputTokens }) => ({ id, name, vendor, family, maxInputTokens }));
}

/** `vendor/id`; only ids have slashes of their own. */
async function find(wanted: string): Promise<vscode.LanguageModelChat | undefined> {
  const slash = wanted.indexOf('/');
  const [model] = await vscode.lm.selectChatModels({ vendor: wanted.slice(0, slash), id: wanted.slice(slash + 1) });
  return model;
}

async function estimate(model: vscode.LanguageModelChat, text: string): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), COUNT_MS);
  });
  try {
    return await Promise.race([model.countTokens(text), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
