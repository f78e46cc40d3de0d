import * as vscode from 'vscode';

export const ACTION_KINDS = ['fix', 'explain', 'rewrite', 'addToChat', 'generateTests', 'document'] as const;

export type ActionKind = (typeof ACTION_KINDS)[number];

/** What a code action of the server carries: an id instead of its content. */
export interface RunArgument {
  readonly id: string;
  readonly kind: ActionKind;
}

/** What the server says an id stands for. Lines are 1-based and inclusive. */
export interface ResolvedAction {
  readonly kind: ActionKind;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
  readonly prompt: string;
}

export function isRunArgument(value: unknown): value is RunArgument {
  const candidate = value as Partial<RunArgument> | null | undefined;
  return typeof candidate?.id === 'string' && isKind(candidate.kind);
}

/** Code actions are answered outside the typed protocol, so their shape is checked here. */
export function parseResolved(answer: unknown): ResolvedAction {
  const { kind, path, startLine, endLine, text, prompt } = (answer ?? {}) as Partial<ResolvedAction>;
  if (!isKind(kind) || typeof path !== 'string' || typeof startLine !== 'number' || typeof endLine !== 'number') {
    throw new Error(
      vscode.l10n.t('This action is out of date, because the file has changed. Open the light bulb again.'),
    );
  }
  return { kind, path, startLine, endLine, text: text ?? '', prompt: prompt ?? '' };
}

function isKind(value: unknown): value is ActionKind {
  return ACTION_KINDS.some((kind) => kind === value);
}
