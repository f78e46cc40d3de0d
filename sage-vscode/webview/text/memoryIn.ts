/** What is to be remembered: one line behind a number sign. With a blank before that, it is a prompt like any other. */
export function memoryIn(draft: string): string | null {
  return /^#[ \t]+(\S.*)$/.exec(draft.trimEnd())?.[1] ?? null;
}
