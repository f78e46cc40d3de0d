import { randomUUID } from 'node:crypto';
import { messageOf } from '../../infrastructure/errors';
import { writeApplyPrompt } from '../../protocol/applyPrompt';
import type { FromWebview, ServerState } from '../../protocol/bridge';
import type { EventEnvelope, InputPart } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { type ApplyFiles, findApplyTarget } from './apply/applyTarget';
import { EventBatch } from './eventBatch';
import { HistoryBridge } from './historyBridge';
import { askMessage, closeMessage, type PendingRequests } from './pendingRequests';
import type {
  ChatEditor,
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
  Post,
} from './ports';
import { isSight, SightsBridge } from './sightsBridge';
import { Surroundings } from './surroundings';

export interface BridgeParts {
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
  readonly editor: ChatEditor;
  readonly files: ApplyFiles;
  readonly server: ChatServer & Pick<Server, 'state' | 'stateChanged'>;
  readonly requests: PendingRequests;
  readonly mode: ModeMemory;
  readonly workspaceName: string | null;
  readonly later: (run: () => void, ms: number) => void;
}

/** Passes messages between the webview and everything else; holds no truth of its own. */
export class ChatBridge {
  readonly #batch: EventBatch;
  readonly #history: HistoryBridge;
  readonly #surroundings: Surroundings;
  readonly #sights: SightsBridge;
  #post: Post | null = null;
  /** What the user attached before there was a webview to show it, and what they last asked to see. */
  #attachments: InputPart[] = [];
  #show: 'composer' | 'history' | null = null;
  #reveal: { readonly callId: string; readonly turnId: string } | null = null;
  #ready = false;
  #welcomed = false;

  constructor(private readonly parts: BridgeParts) {
    const { sessions, models, review, server, requests } = parts;
    this.#batch = new EventBatch((events) => this.#send({ type: 'events', events }), parts.later);
    const tell: Post = (message) => this.#tell(message);
    this.#history = new HistoryBridge(parts, tell);
    this.#surroundings = new Surroundings(parts, tell);
    this.#sights = new SightsBridge(parts, tell, (turnId) => this.#previewRestore(turnId));
    sessions.events.subscribe((event) => {
      this.#batch.add(event);
      this.#learnMode(event);
    });
    sessions.opened.subscribe((session) => {
      this.#batch.drop();
      this.#send({ type: 'sessionOpened', ...session });
      if (review.pending.files.length > 0) {
        this.#tellPending();
      }
      for (const request of requests.of(session.sessionId)) {
        this.#tell(askMessage(request));
      }
    });
    sessions.rejected.subscribe((turn) => this.#tell({ type: 'turnRejected', ...turn }));
    review.pending.changed.subscribe(() => this.#tellPending());
    models.changed.subscribe((list) => this.#tell({ type: 'models', models: list }));
    server.stateChanged.subscribe(() => this.#serverChanged());
    requests.asked.subscribe((request) => {
      if (request.params.sessionId === sessions.current) {
        this.#tell(askMessage(request));
      }
    });
    requests.closed.subscribe((request) => this.#tell(closeMessage(request)));
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

  reveal(callId: string, turnId: string): void {
    if (this.#ready) {
      this.#tell({ type: 'reveal', callId, turnId });
    } else {
      this.#reveal = { callId, turnId };
    }
  }

  showHistory(): void {
    if (this.#ready) {
      this.#tell({ type: 'showHistory' });
    } else {
      this.#show = 'history';
    }
  }

  find(): void {
    this.#tell({ type: 'find' });
  }

  async #route(message: FromWebview): Promise<void> {
    const { sessions, models, review, safety, editor, server, requests, mode } = this.parts;
    if (isSight(message)) {
      return this.#sights.receive(message);
    }
    switch (message.type) {
      case 'ready':
        return this.#welcome();
      case 'send':
        mode.set(message.mode);
        return sessions.send(message.input, message.mode);
      case 'resend':
        return this.#resend(message);
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
      case 'remember':
        return this.#remember(message.text);
      case 'newSession':
        return sessions.startNew();
      case 'compact':
        return sessions.compact();
      case 'stopBackground':
        return sessions.stopBackground(message.taskId);
      case 'keepBackground':
        return this.#keepBackground(message.taskId);
      case 'moveToBackground':
        return sessions.moveToBackground(message.callId);
      case 'stopCall':
        return sessions.stopCall(message.callId);
      case 'steerSubagent':
        return sessions.steerSubagent(message.callId, message.id, message.text);
      case 'stop':
        return sessions.stop();
      case 'openSession':
        return sessions.open(message.sessionId);
      case 'pageSession':
        return this.#page(message.sessionId, message.beforeSeq);
      case 'listHistory':
      case 'renameSession':
      case 'deleteSession':
      case 'restoreSession':
      case 'forkSession':
      case 'exportSession':
      case 'importSession':
        return this.#history.receive(message);
      case 'review':
        return review[message.action](message.path);
      case 'openSince':
        return review.openSince(message.turnId);
      case 'previewRestore':
        return this.#previewRestore(message.turnId);
      case 'restore':
        return review.restore(message.turnId, message.overwrite);
      case 'redo':
        return review.redo(message.restoreId);
      case 'answerPermission':
        return requests.answerPermission(message.callId, message.answer);
      case 'answerQuestion':
        return requests.answerQuestion(message.callId, message.answers, message.declined);
      case 'answerPlan':
        return requests.answerPlan(message.callId, message.answer);
      case 'setMode':
        return mode.set(message.mode);
      case 'selectModel':
        return models.select(message.id);
      case 'connectModel':
        return models.connect();
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
      case 'applyCode':
        return this.#apply(message);
      case 'insertAtCursor':
        return editor.insertAtCursor(message.text);
      case 'pasteInTerminal':
        return editor.pasteInTerminal(message.text);
      case 'manageTrust':
        return safety.manageTrust();
      case 'answerOffer':
        return safety.answer(message.kind, message.hash, message.answer);
      case 'restartServer':
        return server.restart();
      case 'showLog':
        return editor.showLog();
      default:
        return message satisfies never;
    }
  }

  async #welcome(): Promise<void> {
    const { sessions, models, mode, workspaceName } = this.parts;
    const show = this.#show;
    this.#show = null;
    this.#ready = true;
    this.#tellState();
    this.#tell({ type: 'initialized', mode: mode.get(), workspaceName, sessionId: sessions.current, show });
    this.#surroundings.welcome();
    for (const part of this.#attachments.splice(0)) {
      this.#tell({ type: 'attach', part });
    }
    try {
      await Promise.all([sessions.show(), models.refresh()]);
    } finally {
      this.#welcomed = true;
    }
    void this.#surroundings.refresh();
    if (this.#reveal !== null) {
      this.reveal(this.#reveal.callId, this.#reveal.turnId);
      this.#reveal = null;
    }
  }

  async #remember(text: string): Promise<void> {
    const place = await this.parts.memory.remember(text);
    if (place !== null) {
      this.#tell({ type: 'remembered', text, place });
    }
  }

  async #keepBackground(taskId: string): Promise<void> {
    const command = await this.parts.sessions.keepBackground(taskId);
    if (command !== null) {
      this.parts.editor.runInTerminal(command);
    }
  }

  async #previewRestore(turnId: string): Promise<void> {
    let files: Awaited<ReturnType<ChatReview['preview']>> = null;
    try {
      files = await this.parts.review.preview(turnId);
    } finally {
      this.#tell({ type: 'restorePreview', turnId, files });
    }
  }

  /** Through a turn like any other, so that it is reviewed, recorded and undone as all edits are. */
  async #apply({ code, language, named, nearby, mode }: Extract<FromWebview, { type: 'applyCode' }>): Promise<void> {
    const target = await findApplyTarget(named, nearby, this.parts.files);
    if (target !== null) {
      const text = writeApplyPrompt({ ...target, language, code });
      const file: InputPart[] = target.isNew ? [] : [{ type: 'file', path: target.path }];
      await this.parts.sessions.say(randomUUID(), 'queue', [{ type: 'text', text }, ...file], mode);
    }
  }

  /** Files go back before the session is forked: what was changed since then is only known in this one. */
  async #resend({
    sessionId,
    turnId,
    atSeq,
    input,
    mode,
    files,
  }: Extract<FromWebview, { type: 'resend' }>): Promise<void> {
    const { sessions, review } = this.parts;
    let done = false;
    try {
      if (files !== 'keep') {
        await review.restore(turnId, files === 'overwrite');
      }
      await sessions.fork(sessionId, atSeq);
      done = true;
    } finally {
      this.#tell({ type: 'resent', done });
    }
    this.parts.mode.set(mode);
    await sessions.send(input, mode);
  }

  async #page(sessionId: string, beforeSeq: number): Promise<void> {
    let events: readonly EventEnvelope[] | null = null;
    try {
      events = await this.parts.sessions.page(sessionId, beforeSeq);
    } finally {
      this.#tell({ type: 'earlierEvents', sessionId, beforeSeq, events });
    }
  }

  #tellPending(): void {
    const { sessionId, files } = this.parts.review.pending;
    if (sessionId !== null) {
      this.#tell({ type: 'pendingFiles', sessionId, files });
    }
  }

  #serverChanged(): void {
    this.#tellState();
    if (this.#ready && this.#welcomed && this.parts.server.state.kind === 'running') {
      // A new process may know other models; after a failed start nobody has been told of any.
      void this.#attempt(() => this.parts.models.refresh());
      void this.#surroundings.refresh();
    }
  }

  #tellState(): void {
    const { state } = this.parts.server;
    const shown: ServerState = state.kind === 'idle' ? { kind: 'starting' } : state;
    this.#tell({ type: 'serverState', state: shown });
  }

  /** Plan mode ends where a plan is accepted. */
  #learnMode({ event }: EventEnvelope): void {
    if (event.type === 'planAnswered' && event.mode !== undefined) {
      this.parts.mode.set(event.mode);
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
