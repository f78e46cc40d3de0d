import type * as vscode from 'vscode';
import type { EditorImage, EditorMessage, EditorMessagePart, EditorTool } from '../../protocol/generated';

/** The classes of the editor's API that messages are made of; handed in, so that plain unit tests can run this. */
export type MessageClasses = Pick<
  typeof vscode,
  | 'LanguageModelChatMessage'
  | 'LanguageModelChatMessageRole'
  | 'LanguageModelTextPart'
  | 'LanguageModelToolCallPart'
  | 'LanguageModelToolResultPart'
  | 'LanguageModelDataPart'
>;

/** The server's conversation in the words of the editor. */
export function chatMessages(
  messages: readonly EditorMessage[],
  classes: MessageClasses,
): vscode.LanguageModelChatMessage[] {
  const { Assistant, User } = classes.LanguageModelChatMessageRole;
  return messages.map(
    ({ role, parts }) =>
      new classes.LanguageModelChatMessage(
        role === 'assistant' ? Assistant : User,
        parts.map((part) => inputPart(part, classes)),
      ),
  );
}

export function chatTools(tools: readonly EditorTool[]): vscode.LanguageModelChatTool[] {
  return tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema: inputSchema as object }));
}

/** What of a conversation can be counted as text. */
export function textOf(messages: readonly EditorMessage[]): string {
  return messages.flatMap(({ parts }) => parts.map(partText)).join('\n');
}

function inputPart(part: EditorMessagePart, classes: MessageClasses): vscode.LanguageModelInputPart {
  switch (part.type) {
    case 'text':
      return new classes.LanguageModelTextPart(part.text);
    case 'image':
      return imagePart(part, classes);
    case 'toolCall':
      return new classes.LanguageModelToolCallPart(part.callId, part.name, part.input as object);
    case 'toolResult':
      return new classes.LanguageModelToolResultPart(part.callId, [
        new classes.LanguageModelTextPart(part.text),
        ...(part.images ?? []).map((image) => imagePart(image, classes)),
      ]);
  }
}

function imagePart({ data, mediaType }: Omit<EditorImage, 'type'>, classes: MessageClasses) {
  return classes.LanguageModelDataPart.image(Buffer.from(data, 'base64'), mediaType);
}

function partText(part: EditorMessagePart): string {
  switch (part.type) {
    case 'toolCall':
      return `${part.name} ${JSON.stringify(part.input)}`;
    case 'image':
      return '';
    default:
      return part.text;
  }
}
