import type * as vscode from 'vscode';
import type { SessionMemory } from './sessions';

const SESSION = 'sage.sessionId';

/** Keeps the id of the open session where the editor keeps what belongs to a workspace. */
export const sessionMemory = (state: vscode.Memento): SessionMemory => ({
  get: () => state.get<string>(SESSION) ?? null,
  set: (sessionId) => void state.update(SESSION, sessionId ?? undefined),
});
