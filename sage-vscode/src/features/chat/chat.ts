import * as vscode from 'vscode';
import type { Activity } from '../../infrastructure/activity';
import { protocolPath, workspaceRoot } from '../../infrastructure/paths';
import type { InputPart, PermissionMode } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { applyFiles } from './apply/applyFiles';
import { askInToast } from './approvalToast';
import { ChatBridge } from './chatBridge';
import { ChatPage } from './chatPage';
import { ChatView } from './chatView';
import { EditorActions } from './editorActions';
import { showAtFirstSight } from './firstSight';
import type { PendingRequests } from './pendingRequests';
import type {
  ChatHistory,
  ChatHooks,
  ChatMcp,
  ChatMemory,
  ChatMentions,
  ChatModels,
  ChatReview,
  ChatSafety,
  ChatServer,
  ChatSessions,
  ChatSights,
  ChatSubagents,
  ModeMemory,
} from './ports';

const MODE = 'sage.mode';

export interface ChatParts {
  readonly context: vscode.ExtensionContext;
  readonly activity: Activity;
  readonly sessions: ChatSessions;
  readonly history: ChatHistory;
  readonly models: ChatModels;
  readonly review: ChatReview;
  readonly safety: ChatSafety;
  readonly memory: ChatMemory;
  readonly mentions: ChatMentions;
  readonly mcp: ChatMcp;
  readonly sights: ChatSights;
  readonly subagents: ChatSubagents;
  readonly hooks: ChatHooks;
  readonly log: vscode.LogOutputChannel;
  readonly requests: PendingRequests;
  readonly server: ChatServer & Pick<Server, 'state' | 'stateChanged'>;
}

/** The chat panel and its commands. */
export class Chat {
  readonly #bridge: ChatBridge;
  readonly #view: ChatView;

  constructor(private readonly parts: ChatParts) {
    const { context, activity, sessions, history, models, review, safety, memory, requests, server } = parts;
    const editor = new EditorActions();
    const mode = modeMemory(context.workspaceState, activity);
    this.#bridge = new ChatBridge({
      sessions,
      history,
      models,
      review,
      safety,
      memory,
      mcp: parts.mcp,
      mentions: parts.mentions,
      sights: parts.sights,
      subagents: parts.subagents,
      hooks: parts.hooks,
      editor,
      files: applyFiles,
      server,
      requests,
      mode,
      workspaceName: workspaceRoot()?.name ?? null,
      later: (run, ms) => void setTimeout(run, ms),
    });
    this.#view = new ChatView(new ChatPage(context.extensionUri, this.#bridge, parts.log));
    context.subscriptions.push(editor, this.#view.register(), ...this.#registerCommands());
    this.#watchRequests();
    showAtFirstSight(context, () => this.#view.show());
  }

  /** Sends a prompt of another feature in the current session, with the panel in view. */
  async ask(input: readonly InputPart[]): Promise<void> {
    await this.#view.focus();
    await this.#bridge.ask(input);
  }

  async attach(part: InputPart): Promise<void> {
    this.#bridge.attach(part);
    await this.#view.focus();
  }

  async focus(): Promise<void> {
    this.#bridge.focusComposer();
    await this.#view.focus();
  }

  /** Brings a session into view, whichever one is shown. */
  async showSession(sessionId: string): Promise<void> {
    if (sessionId !== this.parts.sessions.current) {
      await this.parts.sessions.open(sessionId);
    }
    await this.focus();
  }

  /** Brings into view what a call did. */
  async reveal(callId: string, turnId: string): Promise<void> {
    await this.#view.focus();
    this.#bridge.reveal(callId, turnId);
  }

  #registerCommands(): vscode.Disposable[] {
    const { sessions } = this.parts;
    const register = vscode.commands.registerCommand;
    return [
      register('sage.focusChat', () => this.focus()),
      register('sage.newSession', async () => {
        sessions.startNew();
        await this.focus();
      }),
      register('sage.showHistory', async () => {
        // Asked for before the view takes its time, so that commands are obeyed in the order in which they were given.
        this.#bridge.showHistory();
        await this.#view.focus();
      }),
      register('sage.find', async () => {
        await this.#view.focus();
        this.#bridge.find();
      }),
      register('sage.stop', () => sessions.stop()),
      register('sage.showMemory', () => this.#bridge.receive({ type: 'showMemory' })),
      register('sage.showSubagents', () => this.#bridge.receive({ type: 'showSubagents' })),
      register('sage.showHooks', () => this.#bridge.receive({ type: 'showHooks' })),
      register('sage.compact', () => this.#bridge.receive({ type: 'compact' })),
      register('sage.openSettings', () =>
        vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${this.parts.context.extension.id}`),
      ),
      register('sage.addToChat', (uri?: vscode.Uri, uris?: readonly vscode.Uri[]) => this.#addToChat(uri, uris)),
    ];
  }

  async #addToChat(uri?: vscode.Uri, uris?: readonly vscode.Uri[]): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const inEditor = uri === undefined || (uris === undefined && editor?.document.uri.toString() === uri.toString());
    if (inEditor && editor !== undefined && !editor.selection.isEmpty) {
      await this.attach(selectionPart(editor));
      return;
    }
    const targets = uris ?? [uri ?? editor?.document.uri].filter((target) => target !== undefined);
    if (targets.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a file, or select one in the Explorer, first.'));
    }
    for (const target of targets) {
      await this.attach({ type: 'file', path: protocolPath(target) });
    }
  }

  #watchRequests(): void {
    const { requests, activity, sessions } = this.parts;
    const count = () => {
      activity.update({ waitingRequests: requests.all.length });
      this.#view.showWaiting(requests.all.length);
    };
    requests.closed.subscribe(count);
    requests.asked.subscribe((request) => {
      count();
      const { sessionId } = request.params;
      if (!this.#view.visible || sessionId !== sessions.current) {
        void askInToast(request, () => this.showSession(sessionId));
      }
    });
  }
}

function selectionPart(editor: vscode.TextEditor): InputPart {
  const { document, selection } = editor;
  return {
    type: 'selection',
    path: protocolPath(document.uri),
    startLine: selection.start.line + 1,
    endLine: selection.end.line + 1,
    text: document.getText(selection),
  };
}

/** What the composer shows, the status bar shows as well. */
function modeMemory(memory: vscode.Memento, activity: Activity): ModeMemory {
  const get = () =>
    memory.get<PermissionMode>(MODE) ??
    vscode.workspace.getConfiguration('sage').get<PermissionMode>('defaultMode', 'ask');
  activity.update({ mode: get() });
  return {
    get,
    set: (mode) => {
      activity.update({ mode });
      void memory.update(MODE, mode);
    },
  };
}
