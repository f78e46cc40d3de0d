import * as vscode from 'vscode';
import { askedWords } from './features/chat/approvalToast';
import { Chat } from './features/chat/chat';
import { PendingRequests } from './features/chat/pendingRequests';
import { CodeActions } from './features/codeActions/codeActions';
import { CodeLenses } from './features/codeLenses/codeLenses';
import { CommitMessages } from './features/commitMessage/commitMessages';
import { Conflicts } from './features/conflicts/conflicts';
import { editorKnowledge } from './features/editorKnowledge/editorKnowledge';
import { EditorModels } from './features/editorModels/editorModels';
import { History } from './features/history/history';
import { sessionDialogs } from './features/history/sessionDialogs';
import { Hooks } from './features/hooks/hooks';
import { InlineEdits, type Lines } from './features/inlineEdit/inlineEdits';
import { registerLanguageModelTools } from './features/languageModelTools/languageModelTools';
import { showMcpServers } from './features/mcp/mcp';
import { Memory } from './features/memory/memory';
import { Mentions } from './features/mentions/mentions';
import { Models } from './features/models/models';
import { Notebooks } from './features/notebooks/notebooks';
import { registerParticipant } from './features/participant/participant';
import { reportIssue } from './features/report/reportIssue';
import { Review } from './features/review/review';
import { showRunningWork } from './features/runningWork/runningWork';
import { editorSafety } from './features/safety/editorSafety';
import { sessionMemory } from './features/sessions/sessionMemory';
import { Sessions } from './features/sessions/sessions';
import { Sights } from './features/sights/sights';
import { signIn } from './features/signIn/signIn';
import { Skills } from './features/skills/skills';
import { showStatus } from './features/status/status';
import { Subagents } from './features/subagents/subagents';
import { Terminals } from './features/terminals/terminals';
import { TestFailures } from './features/testFailures/testFailures';
import { Activity } from './infrastructure/activity';
import { mapped } from './infrastructure/signal';
import type { InputPart } from './protocol/generated';
import type { SageServer } from './server/sageServer';
import { saveDocument } from './server/saveDocument';
import { createServer, serverExecutable } from './server/startServer';

let running: SageServer | undefined;

interface Places {
  readonly chat: Chat;
  readonly inlineEdits: InlineEdits;
  readonly mentions: Mentions;
}

/** Brings Sage to where people work: their words and what they point at go to the chat, or to an inline edit. */
function placeInEditor(
  context: vscode.ExtensionContext,
  server: SageServer,
  { chat, inlineEdits, mentions }: Places,
): void {
  const targets = {
    ask: (input: readonly InputPart[]) => chat.ask(input),
    attach: (part: InputPart) => chat.attach(part),
    editInline: (uri: vscode.Uri, lines: Lines, instruction?: string) => inlineEdits.editLines(uri, lines, instruction),
    problemsOf: (uri: vscode.Uri) => mentions.problemsPart(uri),
    terminalPart: (terminal?: vscode.Terminal) => mentions.terminalPart(terminal),
  };
  new CodeActions(context, server, targets);
  new Terminals(context, targets);
  new TestFailures(context, server.events, targets);
  new Conflicts(context, targets);
  new Notebooks(context, targets);
  new CodeLenses(context);
}

/** Puts the parts together; features meet here and nowhere else. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Sage', { log: true });
  const activity = new Activity();
  const requests = new PendingRequests();
  const editorModels = new EditorModels(context, () => server);
  const server = createServer(context, log, activity, {
    'sage/permission/request': (params, signal) => requests.askPermission(params, signal),
    'sage/question/ask': (params, signal) => requests.askQuestion(params, signal),
    'sage/plan/review': (params, signal) => requests.reviewPlan(params, signal),
    'sage/document/save': saveDocument,
    ...signIn(context.secrets),
    ...editorKnowledge(context),
    'sage/editorModel/list': () => editorModels.list(),
    'sage/editorModel/ask': (params, signal) => editorModels.ask(params, signal),
  });
  running = server;

  const sessions = new Sessions(server, sessionMemory(context.workspaceState));
  const models = new Models(context, server, log, () => sessions.current);
  const inlineEdits = new InlineEdits(context, server);
  const mentions = new Mentions();
  const mcp = showMcpServers(context, server, log);
  const review = new Review(context, server, sessions, (hunk) => chat.reveal(hunk.callId, hunk.turnId));
  const chat = new Chat({
    context,
    activity,
    sessions,
    history: new History(server, sessions, sessionDialogs),
    models,
    review,
    memory: new Memory(server),
    mcp,
    mentions,
    sights: new Sights(server, sessions),
    subagents: new Subagents(server),
    hooks: new Hooks(server),
    safety: editorSafety(context, server, activity, log),
    log,
    requests,
    server,
  });
  placeInEditor(context, server, { chat, inlineEdits, mentions });
  new CommitMessages(context, server, () => review.pending.files);

  const mode = () => activity.snapshot.mode;
  registerParticipant(context, {
    server,
    sessions,
    mode,
    asked: mapped(requests.asked, (request) => ({ sessionId: request.params.sessionId, words: askedWords(request) })),
    openSession: (sessionId) => chat.showSession(sessionId),
    reviewSession: (sessionId) => chat.showSession(sessionId).then(() => review.openAnew()),
  });
  registerLanguageModelTools(context, { server, sessions, mode, current: () => sessions.current });

  const skills = new Skills(context, server, log);
  server.beforeUse((send) => models.prepare(send));
  server.beforeUse((send) => skills.prepare(send));
  editorModels.changed.subscribe(() => void models.refresh().catch((error) => log.error(error)));
  sessions.runningChanged.subscribe((count) => activity.update({ runningTurns: count }));
  context.subscriptions.push(
    log,
    mentions,
    showStatus(activity),
    showRunningWork(server, (sessionId) => sessions.stop(sessionId)),
    reportIssue(context, server, () => serverExecutable(context)),
    server.stateChanged.subscribe((state) => state.kind === 'running' || requests.clear()),
  );
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
