import * as vscode from 'vscode';
import type { HookSummary, TestHookResult } from '../../protocol/generated';

/** How a hook went that was tried, as a page to read. */
export function writeHookReport(hook: HookSummary, result: TestHookResult): string {
  const { input, output, errors, answer, ms, exitCode } = result;
  const on = hook.matcher === undefined ? hook.on : vscode.l10n.t('{0} for {1}', hook.on, hook.matcher);
  const from = hook.walled
    ? vscode.l10n.t('From {0}, behind walls.', hook.place)
    : vscode.l10n.t('From {0}.', hook.place);
  return [
    `# ${on}: ${hook.command}`,
    '',
    `${from} ${endOf(ms, exitCode)}`,
    '',
    `**${answer}**`,
    '',
    ...section(vscode.l10n.t('What it was given'), pretty(input), 'json'),
    ...section(vscode.l10n.t('What it said'), output, ''),
    ...section(vscode.l10n.t('What it said on its error stream'), errors, ''),
  ].join('\n');
}

function endOf(ms: number, exitCode: number | undefined): string {
  return exitCode === undefined
    ? vscode.l10n.t('It took {0} ms and did not end by itself.', ms)
    : vscode.l10n.t('It took {0} ms and ended with exit code {1}.', ms, exitCode);
}

function section(title: string, text: string, language: string): string[] {
  return text.trim() === '' ? [] : [`## ${title}`, '', fenced(text.trimEnd(), language), ''];
}

/** A fence that the text cannot end. */
function fenced(text: string, language: string): string {
  let fence = '```';
  while (text.includes(fence)) {
    fence += '`';
  }
  return `${fence}${language}\n${text}\n${fence}`;
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
