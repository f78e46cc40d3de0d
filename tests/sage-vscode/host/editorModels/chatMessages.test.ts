import { expect, test } from 'vitest';
import { chatMessages, chatTools, textOf } from '../../../../sage-vscode/src/features/editorModels/chatMessages';
import type { EditorMessage } from '../../../../sage-vscode/src/protocol/generated';
import { ChatMessage, classes, DataPart, TextPart, ToolCallPart, ToolResultPart } from './fakeClasses';

const conversation: readonly EditorMessage[] = [
  {
    role: 'user',
    parts: [
      { type: 'text', text: 'What is this?' },
      { type: 'image', mediaType: 'image/png', data: 'AQI=' },
    ],
  },
  { role: 'assistant', parts: [{ type: 'toolCall', callId: 'c1', name: 'look', input: { at: 1 } }] },
  {
    role: 'user',
    parts: [{ type: 'toolResult', callId: 'c1', text: 'seen', images: [{ mediaType: 'image/png', data: 'AQI=' }] }],
  },
];

test('a conversation for an editor model keeps its roles, calls, results and images', () => {
  const image = new DataPart(Buffer.from([1, 2]), 'image/png');
  expect(chatMessages(conversation, classes)).toEqual([
    new ChatMessage(1, [new TextPart('What is this?'), image]),
    new ChatMessage(2, [new ToolCallPart('c1', 'look', { at: 1 })]),
    new ChatMessage(1, [new ToolResultPart('c1', [new TextPart('seen'), image])]),
  ]);
});

test('tools for an editor model keep their schema', () => {
  const inputSchema = { type: 'object' };
  expect(chatTools([{ name: 'look', description: 'Looks.', inputSchema }])).toEqual([
    { name: 'look', description: 'Looks.', inputSchema },
  ]);
});

test('what is counted for an editor model are words, calls and results, but no images', () => {
  expect(textOf(conversation)).toBe('What is this?\n\nlook {"at":1}\nseen');
});
