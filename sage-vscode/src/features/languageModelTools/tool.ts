/** A tool that agents of the editor can call, without the editor's own classes. */
export interface Tool {
  /** What is about to happen; nothing does yet. */
  prepare(input: unknown): Promise<Preparation>;
  /** What the caller's model reads. */
  run(input: unknown, signal: AbortSignal): Promise<string>;
}

export interface Preparation {
  /** While it runs, for people. */
  readonly doing: string;
  /** What the user is asked before it runs; absent where it only reads. */
  readonly confirm?: { readonly title: string; readonly markdown: string };
}

const MOST_RESULT = 20_000;

/** A text of bounded length, which says so where it was cut. */
export function bounded(text: string): string {
  return text.length <= MOST_RESULT
    ? text
    : `${text.slice(0, MOST_RESULT)}\n[… ${text.length - MOST_RESULT} more characters are left out …]`;
}

/** An argument that is a text with something in it. */
export function textOf(input: unknown, name: string): string | undefined {
  const value = typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Text as it is, whatever it looks like: a block that nothing in it can end. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
