import type { MessageClasses } from '../../../../sage-vscode/src/features/editorModels/chatMessages';
import type { ReplyClasses } from '../../../../sage-vscode/src/features/editorModels/reply';

export class TextPart {
  constructor(readonly value: string) {}
}

export class ToolCallPart {
  constructor(
    readonly callId: string,
    readonly name: string,
    readonly input: object,
  ) {}
}

export class ToolResultPart {
  constructor(
    readonly callId: string,
    readonly content: readonly unknown[],
  ) {}
}

export class DataPart {
  constructor(
    readonly data: Uint8Array,
    readonly mimeType: string,
  ) {}

  static image(data: Uint8Array, mimeType: string): DataPart {
    return new DataPart(data, mimeType);
  }
}

export class ChatMessage {
  constructor(
    readonly role: number,
    readonly content: readonly unknown[],
  ) {}
}

/** Stand-ins for the editor's classes, which exist only inside it. */
export const classes = {
  LanguageModelChatMessage: ChatMessage,
  LanguageModelChatMessageRole: { User: 1, Assistant: 2 },
  LanguageModelTextPart: TextPart,
  LanguageModelToolCallPart: ToolCallPart,
  LanguageModelToolResultPart: ToolResultPart,
  LanguageModelDataPart: DataPart,
} as unknown as MessageClasses & ReplyClasses;
