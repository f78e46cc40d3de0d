import { t } from '../../l10n';
import type { Live, ToolItem, ToolStatus } from '../../state/chatState';

const icons: Readonly<Record<string, string>> = {
  read_file: 'file',
  list_directory: 'folder',
  glob: 'files',
  grep: 'search',
  edit_file: 'edit',
  write_file: 'new-file',
  apply_patch: 'diff',
  notebook_edit: 'notebook',
  delete_file: 'trash',
  move_file: 'file-symlink-file',
  run_command: 'terminal',
  command_output: 'terminal',
  stop_command: 'debug-stop',
  diagnostics: 'warning',
  fetch_url: 'globe',
  web_search: 'globe',
  update_plan: 'checklist',
  exit_plan_mode: 'checklist',
  ask_user: 'question',
  run_subagent: 'organization',
};

export function toolIcon(name: string): string {
  return icons[name] ?? (name.startsWith('mcp__') ? 'plug' : 'tools');
}

const statusWords = (): Readonly<Record<ToolStatus, string>> => ({
  running: t('running'),
  waiting: t('waiting for approval'),
  ok: t('done'),
  error: t('failed'),
  denied: t('denied'),
  timedOut: t('timed out'),
  cancelled: t('stopped'),
  crashed: t('interrupted by a crash'),
});

export function statusWord(status: ToolStatus): string {
  return statusWords()[status];
}

const planOutcomes = () => ({ accept: t('accepted'), revise: t('changes asked for'), reject: t('refused') });

/** What became of a plan; null for other calls, and while the user is asked. */
export function planOutcome({ proposed, status }: ToolItem): string | null {
  if (proposed === undefined || !isOver(status)) {
    return null;
  }
  // Where there was no user, nobody has said anything.
  return proposed.answer === null
    ? status === 'ok'
      ? t('not reviewed')
      : null
    : planOutcomes()[proposed.answer.decision];
}

export function isOver(status: ToolStatus): boolean {
  return status !== 'running' && status !== 'waiting';
}

/** How a call stands now: what has been told live counts until the journal says it. */
export function statusOf(tool: ToolItem, live: Live): { status: ToolStatus; durationMs: number } {
  const settled = isOver(tool.status) ? undefined : live.settled[tool.id];
  return settled ?? { status: tool.status, durationMs: tool.durationMs };
}

/** A string argument of a call, when it has one. */
export function argument(input: unknown, name: string): string | undefined {
  if (typeof input !== 'object' || input === null) {
    return undefined;
  }
  const value: unknown = Object.entries(input).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : undefined;
}

const edits = new Set(['edit_file', 'write_file', 'apply_patch', 'notebook_edit', 'delete_file', 'move_file']);

/** Whether the call changes files and shows it as a diff. */
export function isEdit(name: string): boolean {
  return edits.has(name);
}

/** Arguments for people: indented JSON, bounded. */
export function showInput(input: unknown): string {
  const text = JSON.stringify(input, null, 2) ?? '';
  return text.length > 4_000 ? `${text.slice(0, 4_000)}\n…` : text;
}
