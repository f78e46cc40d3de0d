import type * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import type { EditorModelFailure, EditorModelPartParams } from '../../protocol/generated';

export type ReplyClasses = Pick<typeof vscode, 'LanguageModelTextPart' | 'LanguageModelToolCallPart'>;

/** One piece on its way to the server. */
export type ReplyPiece = Omit<EditorModelPartParams, 'requestId'>;

/**
 * Hands a reply on piece by piece, each when the one before has arrived, until it ends or nobody wants it any more. Kinds of
 * parts that the server knows nothing of are left out.
 */
export async function relayReply(
  stream: AsyncIterable<unknown>,
  classes: ReplyClasses,
  signal: AbortSignal,
  send: (piece: ReplyPiece) => Promise<unknown>,
): Promise<void> {
  for await (const part of stream) {
    if (signal.aborted) {
      return;
    }
    const piece = pieceOf(part, classes);
    if (piece !== null) {
      await send(piece);
    }
  }
}

/** What of a piece can be counted as text. */
export function pieceText({ text, toolCall }: ReplyPiece): string {
  return (text ?? '') + (toolCall === undefined ? '' : `${toolCall.name} ${JSON.stringify(toolCall.input)}`);
}

/** Why a request failed, by the code of `LanguageModelError`. Others' errors keep their words, and those of their cause. */
export function failureOf(error: unknown): EditorModelFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const cause = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : '';
  const message = messageOf(error);
  return {
    kind:
      code === 'NoPermissions'
        ? 'noPermissions'
        : code === 'Blocked'
          ? 'blocked'
          : code === 'NotFound'
            ? 'notFound'
            : 'failed',
    message: cause === '' || message.includes(cause) ? message : `${message}: ${cause}`,
  };
}

function pieceOf(part: unknown, classes: ReplyClasses): ReplyPiece | null {
  if (part instanceof classes.LanguageModelTextPart) {
    return part.value === '' ? null : { text: part.value };
  }
  if (part instanceof classes.LanguageModelToolCallPart) {
    const { callId, name, input } = part;
    return { toolCall: { callId, name, input: input ?? {} } };
  }
  return null;
}
