/** Links come from the model: only the web, never `command:`, `file:` or `vscode:`. */
export function isWebLink(url: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/** Text for a terminal, without the characters that would run it or move around: the user presses Enter. */
export function typableText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\n+$/, '');
}
