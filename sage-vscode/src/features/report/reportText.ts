/** The report when the server could not write one: why, and what the editor knows. */
export function reportWithoutServer(failure: string, editor: string): string {
  return [
    '# Report on Sage',
    'This holds what the editor knows: versions, settings and what the server does. It holds no prompts, no code and no ' +
      'conversation. Read it before you share it.',
    '## What the server said',
    'The program of the server could not add its part:',
    block(failure),
    '## What the editor knows',
    block(editor),
    '',
  ].join('\n\n');
}

/** `sage-report-<yyyyMMdd-HHmmss>.md`, in local time. */
export function reportFileName(now: Date): string {
  const two = (n: number) => `${n}`.padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `sage-report-${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}.md`;
}

/** In a fence that is longer than any inside. */
function block(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // An editor takes a file with control characters in it for a binary one.
  const lines = text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '\uFFFD');
  return `${fence}text\n${lines.trimEnd()}\n${fence}`;
}
