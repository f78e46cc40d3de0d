/** What goes behind the end of a text so that it has one more point in its list. */
export function lineToRemember(before: string, text: string): string {
  const lastLine = before.trimEnd().split('\n').at(-1) ?? '';
  const isList = /^\s*[-*+] /.test(lastLine);
  const gap = before === '' ? '' : before.endsWith('\n') ? '' : '\n';
  // A list that goes on needs no empty line, anything else does.
  const apart = before.trim() === '' || isList || /\n[ \t]*\n$/.test(before) ? '' : '\n';
  return `${gap}${apart}- ${text}\n`;
}
