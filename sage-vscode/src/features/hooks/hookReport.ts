import type { HookSummary, TestHookResult } from '../../protocol/generated';

/** How a hook went that was tried, as a page to read. */
export function writeHookReport(hook: HookSummary, result: TestHookResult): string {
  const { input, output, errors, answer, ms, exitCode } = result;
  return [
    `# ${hook.on}${hook.matcher === undefined ? '' : ` for ${hook.matcher}`}: ${hook.command}`,
    '',
    `From ${hook.place}${hook.walled ? ', behind walls' : ''}. It took ${ms} ms and ${endOf(exitCode)}.`,
    '',
    `**${answer}**`,
    '',
    ...section('What it was given', pretty(input), 'json'),
    ...section('What it said', output, ''),
    ...section('What it said on its error stream', errors, ''),
  ].join('\n');
}

function endOf(exitCode: number | undefined): string {
  return exitCode === undefined ? 'did not end by itself' : `ended with exit code ${exitCode}`;
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
