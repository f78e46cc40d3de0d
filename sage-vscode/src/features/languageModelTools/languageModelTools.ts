import * as vscode from 'vscode';
import { withSignal } from '../../infrastructure/cancelling';
import { type ChangesParts, PendingChanges, UndoChanges } from './changes';
import { RunTask, type RunTaskParts } from './runTask';
import { SearchSessions } from './searchSessions';
import type { Tool } from './tool';

/** Sage as tools for the editor's own agent and those of other extensions. Nothing is started before the first call. */
export function registerLanguageModelTools(context: vscode.ExtensionContext, parts: RunTaskParts & ChangesParts): void {
  const tools: Readonly<Record<string, Tool>> = {
    sage_run_task: new RunTask(parts),
    sage_pending_changes: new PendingChanges(parts),
    sage_undo_changes: new UndoChanges(parts),
    sage_search_sessions: new SearchSessions(parts.server),
  };
  context.subscriptions.push(
    ...Object.entries(tools).map(([name, tool]) => vscode.lm.registerTool(name, forEditor(tool))),
  );
}

function forEditor(tool: Tool): vscode.LanguageModelTool<unknown> {
  return {
    async prepareInvocation({ input }) {
      const { doing, confirm } = await tool.prepare(input);
      return {
        invocationMessage: doing,
        ...(confirm && {
          confirmationMessages: { title: confirm.title, message: new vscode.MarkdownString(confirm.markdown) },
        }),
      };
    },
    async invoke({ input }, token) {
      const text = await withSignal(token, (signal) => tool.run(input, signal));
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    },
  };
}
