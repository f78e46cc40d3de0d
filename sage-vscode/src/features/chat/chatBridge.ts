import { messageOf } from '../../infrastructure/errors';
import type { FromWebview, ServerState } from '../../protocol/bridge';
import type { InputPart } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { EventBatch } from './eventBatch';
import type { PendingRequest, PendingRequests } from './pendingRequests';
import type { ChatEditor, ChatModels, ChatServer, ChatSessions, ModeMemory, Post } from './ports';

export interface BridgeParts {
  readonly sessions: ChatSessions;
  readonly models: ChatModels;
  readonly editor: ChatEditor;
  readonly server: ChatServer & Pick<Server, 'state' | 'stateChanged'>;
  readonly requests: PendingRequests;
  readonly mode: ModeMemory;
  readonly workspaceName: string | null;
  readonly later: (run: () => void, ms: number) => void;
}

/** Passes messages between the webview and everything else; holds no truth of its own. */
export class ChatBridge {
  readonly #batch: EventBatch;
  #post: Post | null = null;
  /** What the user attached before there was a webview to show it, and what they last asked to see. */
  #attachments: InputPart[] = [];
  #show: 'composer' | 'history' | null = null;
  #ready = false;
  #welcomed = false;

  constructor(private readonly parts: BridgeParts) {
    const { sessions, models, editor, server, requests } = parts;
    this.#batch = new EventBatch((events) => this.#send({ type: 'events', events }), parts.later);
    sessions.events.subscribe((event) => this.#batch.add(event));
    sessions.opened.subscribe((session) => {
      this.#batch.drop();
      this.#send({ type: 'sessionOpened', ...session });
      for (const request of requests.of(session.sessionId)) {
        this.#ask(request);
      }
    });
    sessions.rejected.subscribe((turn) => this.#tell({ type: 'turnRejected', ...turn }));
    models.changed.subscribe((list) => this.#tell({ type: 'models', models: list }));
    editor.contextChanged.subscribe((context) => this.#tell({ type: 'editorContext', context }));
    server.stateChanged.subscribe(() => this.#serverChanged());
    requests.asked.subscribe((request) => {
      if (request.params.sessionId === sessions.current) {
        this.#ask(request);
      }
    });
    requests.closed.subscribe(({ kind, params: { callId } }) =>
      this.#tell({ type: kind === 'permission' ? 'permissionClosed' : 'questionClosed', callId }),
    );
  }

  /** A webview was made (or made again); it says `ready` when it listens. */
  attachWebview(post: Post): void {
    this.#post = post;
    this.#ready = false;
  }

  detachWebview(): void {
    this.#post = null;
    this.#ready = false;
  }

  receive(message: FromWebview): Promise<void> {
    return this.#attempt(() => this.#route(message));
  }

  async #attempt(action: () => Promise<void> | void): Promise<void> {
    try {
      await action();
    } catch (error) {
      // That the server is down is said once, where it went down, and stands in the panel.
      if (this.parts.server.state.kind !== 'stopped') {
        this.parts.editor.showProblem(messageOf(error));
      }
    }
  }

  /** Sends a prompt as if the user had typed it; the turn's events show it. */
  ask(input: readonly InputPart[]): Promise<void> {
    return this.parts.sessions.send(input, this.parts.mode.get());
  }

  attach(part: InputPart): void {
    if (this.#ready) {
      this.#tell({ type: 'attach', part });
    } else {
      this.#attachments.push(part);
    }
    this.focusComposer();
  }

  focusComposer(): void {
    if (this.#ready) {
      this.#tell({ type: 'focusComposer' });
    } else {
      this.#show = 'composer';
    }
  }

  async showHistory(): Promise<void> {
    if (this.#ready) {
      this.#tell({ type: 'showHistory' });
      await this.#attempt(() => this.#listSessions());
    } else {
      this.#show = 'history';
    }
  }

  async #route(message: FromWebview): Promise<void> {
    const { sessions, models, editor, server, requests, mode } = this.parts;
    switch (message.type) {
      case 'ready':
        return this.#welcome();
      case 'send':
        mode.set(message.mode);
        return sessions.send(message.input, message.mode);
      case 'say':
        return sessions.say(message.id, message.kind, message.input, message.mode);
      case 'editQueued':
        return sessions.editQueued(message.id, message.input);
      case 'removeQueued':
        return sessions.removeQueued(message.id);
      case 'reorderQueued':
        return sessions.reorderQueued(message.ids);
      case 'runNext':
        return sessions.runNext(message.mode);
      case 'compact':
        return sessions.compact();
      case 'stopBackground':
        return sessions.stopBackground(message.taskId);
      case 'moveToBackground':
        return sessions.moveToBackground(message.callId);
      case 'stop':
        return sessions.stop();
      case 'openSession':
        return sessions.open(message.sessionId);
      case 'answerPermission':
        return requests.answerPermission(message.callId, message.answer);
      case 'answerQuestion':
        return requests.answerQuestion(message.callId, message.answers);
      case 'setMode':
        return mode.set(message.mode);
      case 'selectModel':
        return models.select(message.id);
      case 'setApiKey':
        return models.askForKey(message.provider);
      case 'openFile':
        return editor.openFile(message.path, message.line);
      case 'openFolder':
        return editor.openFolder();
      case 'openLink':
        return editor.openLink(message.url);
      case 'copy':
        return editor.copy(message.text);
      case 'insertAtCursor':
        return editor.insertAtCursor(message.text);
      case 'pasteInTerminal':
        return editor.pasteInTerminal(message.text);
      case 'restartServer':
        return server.restart();
      case 'showLog':
        return server.showLog();
      default:
        return message satisfies never;
    }
  }

  async #welcome(): Promise<void> {
    const { sessions, models, editor, mode, workspaceName } = this.parts;
    const show = this.#show;
    this.#show = null;
    this.#ready = true;
    this.#tellState();
    this.#tell({ type: 'initialized', mode: mode.get(), workspaceName, sessionId: sessions.current, show });
    this.#tell({ type: 'editorContext', context: editor.context });
    for (const part of this.#attachments.splice(0)) {
      this.#tell({ type: 'attach', part });
    }
    try {
      await Promise.all([sessions.show(), models.refresh(), show === 'history' && this.#listSessions()]);
    } finally {
      this.#welcomed = true;
    }
  }

  async #listSessions(): Promise<void> {
    try {
      this.#tell({ type: 'sessions', sessions: await this.parts.sessions.list() });
    } catch (error) {
      // Nothing more is coming.
      this.#tell({ type: 'sessions', sessions: [] });
      throw error;
    }
  }

  #serverChanged(): void {
    this.#tellState();
    if (this.#ready && this.#welcomed && this.parts.server.state.kind === 'running') {
      // A new process may know other models; after a failed start nobody has been told of any.
      void this.#attempt(() => this.parts.models.refresh());
    }
  }

  #tellState(): void {
    const { state } = this.parts.server;
    const shown: ServerState = state.kind === 'idle' ? { kind: 'starting' } : state;
    this.#tell({ type: 'serverState', state: shown });
  }

  #ask(request: PendingRequest): void {
    if (request.kind === 'permission') {
      this.#tell({ type: 'permissionRequested', request: request.params });
    } else {
      this.#tell({ type: 'questionAsked', request: request.params });
    }
  }

  /** After the events that came before it. */
  #tell(message: Parameters<Post>[0]): void {
    this.#batch.flush();
    this.#send(message);
  }

  #send(message: Parameters<Post>[0]): void {
    if (this.#ready) {
      this.#post?.(message);
    }
  }
}
