import * as vscode from 'vscode';
import { withSignal } from '../../infrastructure/cancelling';
import { messageOf } from '../../infrastructure/errors';
import { protocolPath } from '../../infrastructure/paths';
import { ChatStage } from './chatStage';
import { type ConversationParts, Conversations } from './conversation';
import { followupsOf } from './followups';
import { wordsOf } from './prompt';
import { inputOf, type ReferenceReader } from './references';
import { lastThread, PARTICIPANT } from './threads';

const ENDS = 'sage.participant.ends';

export interface ParticipantParts extends ConversationParts {
  /** Brings a session into the panel. */
  openSession(sessionId: string): Promise<void>;
  /** Shows what is to be reviewed in a session. */
  reviewSession(sessionId: string): Promise<void>;
}

/** `@sage` in the editor's own chat. Nothing is started before the first prompt. */
export function registerParticipant(context: vscode.ExtensionContext, parts: ParticipantParts): void {
  const state = context.workspaceState;
  const conversations = new Conversations(parts, {
    get: () => state.get<Record<string, number>>(ENDS, {}),
    set: (ends) => void state.update(ENDS, ends),
  });
  const participant = vscode.chat.createChatParticipant(PARTICIPANT, (request, chat, stream, token) =>
    withSignal(token, (signal) => answer(conversations, request, chat, stream, signal)),
  );
  participant.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
  participant.followupProvider = { provideFollowups: ({ metadata }) => followupsOf(metadata) };
  const register = vscode.commands.registerCommand;
  context.subscriptions.push(
    participant,
    register('sage.openSession', (sessionId: unknown) => withSession(sessionId, parts.openSession)),
    register('sage.reviewSession', (sessionId: unknown) => withSession(sessionId, parts.reviewSession)),
  );
}

async function answer(
  conversations: Conversations,
  request: vscode.ChatRequest,
  { history }: vscode.ChatContext,
  stream: vscode.ChatResponseStream,
  signal: AbortSignal,
): Promise<vscode.ChatResult> {
  const words = wordsOf(request.command, request.prompt);
  if (words === '') {
    return { errorDetails: { message: vscode.l10n.t('Say what Sage is to do.') } };
  }
  try {
    const opening = history.find((turn) => turn instanceof vscode.ChatRequestTurn && turn.participant === PARTICIPANT);
    const { problem, ...metadata } = await conversations.answer(
      {
        words,
        attached: await inputOf(request.references, reader),
        thread: lastThread(history.filter((turn) => turn instanceof vscode.ChatResponseTurn)),
        opening: opening instanceof vscode.ChatRequestTurn ? wordsOf(opening.command, opening.prompt) : null,
        ...(request.command === 'plan' && { mode: 'plan' }),
      },
      new ChatStage(stream, signal),
      signal,
    );
    return { metadata, ...(problem !== undefined && { errorDetails: { message: problem } }) };
  } catch (error) {
    return { errorDetails: { message: messageOf(error) } };
  }
}

const reader: ReferenceReader = {
  pathOf: (uri) => protocolPath(uri as vscode.Uri),
  read: async (uri, range) => {
    const document = await vscode.workspace.openTextDocument(uri as vscode.Uri);
    return document.getText(range as vscode.Range | undefined);
  },
};

/** A button names the session; whoever else runs the command may name nothing. */
async function withSession(sessionId: unknown, run: (sessionId: string) => Promise<void>): Promise<void> {
  if (typeof sessionId !== 'string') {
    return;
  }
  try {
    await run(sessionId);
  } catch (error) {
    void vscode.window.showErrorMessage(messageOf(error));
  }
}
