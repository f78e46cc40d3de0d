import * as vscode from 'vscode';
import {
  type EventEnvelope,
  type FileChangeKind,
  Methods,
  type PermissionMode,
  type RunTurnParams,
  type RunTurnResult,
} from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { bounded, fenced, type Preparation, type Tool, textOf } from './tool';

export interface RunTaskParts {
  readonly server: Pick<Server, 'request' | 'events'>;
  readonly sessions: { runElsewhere(request: RunTurnParams, signal: AbortSignal): Promise<RunTurnResult> };
  /** What the user has allowed their own prompts to do without asking. */
  readonly mode: () => PermissionMode;
}

const MOST_FILES = 200;

/** Gives a task to Sage, in a session of its own, and tells what came of it. */
export class RunTask implements Tool {
  constructor(private readonly parts: RunTaskParts) {}

  async prepare(input: unknown): Promise<Preparation> {
    const task = textOf(input, 'task') ?? '';
    const about = vscode.l10n.t('Sage works on this in a session of its own, and asks you as it always does.');
    return {
      doing: vscode.l10n.t('Sage works on a task'),
      // The whole task: what is not shown could not be agreed to.
      confirm: { title: vscode.l10n.t('Give this task to Sage?'), markdown: `${about}\n\n${fenced(task)}` },
    };
  }

  async run(input: unknown, signal: AbortSignal): Promise<string> {
    const task = textOf(input, 'task');
    if (task === undefined) {
      throw new Error('The argument task is missing: say what Sage is to do.');
    }
    const { server, sessions } = this.parts;
    const { sessionId } = await server.request(Methods.createSession, {}, signal);
    const seen = new TaskEvents();
    const watching = server.events.subscribe((envelope) => envelope.sessionId === sessionId && seen.take(envelope));
    try {
      const request = { sessionId, input: [{ type: 'text', text: delegated(task) } as const], mode: this.#mode() };
      const { outcome, error } = await sessions.runElsewhere(request, signal);
      return [
        `Session: ${sessionId}`,
        `Outcome: ${outcome}${error === undefined ? '' : ` (${error.message})`}`,
        seen.changes(),
        `Reply:\n${bounded(seen.reply)}`,
      ].join('\n');
    } finally {
      watching.dispose();
    }
  }

  /** Without any question only the user's own prompts run: nobody has written this one here. */
  #mode(): PermissionMode {
    const mode = this.parts.mode();
    return mode === 'full' ? 'autoEdit' : mode;
  }
}

/**
 * A task as words of a prompt. They come from a model, so what only a user may do by typing it is taken out of them: a
 * command at the beginning, and pointing at what MCP servers have to read.
 */
function delegated(task: string): string {
  const words = task.trim().replaceAll(/(?<![\w@./`-])@(?=[A-Za-z0-9_-]+:)/g, '@ ');
  return `Another agent in this editor asks you to do this:\n\n${words}`;
}

/** What of a task's events its result is made of. */
class TaskEvents {
  readonly #files = new Map<string, FileChangeKind>();
  /** The last one that says something. */
  reply = '';

  take({ event }: EventEnvelope): void {
    if (event.type === 'replyEnded' && event.text.trim() !== '') {
      this.reply = event.text;
    } else if (event.type === 'fileChanged') {
      const isNew = this.#files.get(event.path) === 'created' && event.kind === 'modified';
      this.#files.set(event.path, isNew ? 'created' : event.kind);
    }
  }

  changes(): string {
    if (this.#files.size === 0) {
      return 'Changed files: none';
    }
    const lines = [...this.#files].map(([path, kind]) => `- ${path} (${kind})`);
    const more = lines.length > MOST_FILES ? [`- and ${lines.length - MOST_FILES} more`] : [];
    return ['Changed files, not reviewed by the user yet:', ...lines.slice(0, MOST_FILES), ...more].join('\n');
  }
}
