/** A block of code from a reply that is to become part of a file. The prompt that says so is shown as what it is, not as its words. */
export interface ApplyPrompt {
  /** Relative to the workspace root, with forward slashes. */
  readonly path: string;
  /** The file does not exist yet. */
  readonly isNew: boolean;
  readonly language: string;
  readonly code: string;
}

const words =
  /^Apply this code block to (.+?)(, a new file)?\. Change nothing else\.\n\n(`{3,})([^\n`]*)\n([\s\S]*)\n\3$/;

export function writeApplyPrompt({ path, isNew, language, code }: ApplyPrompt): string {
  const runs = [...code.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run + 1)));
  const target = isNew ? `${path}, a new file` : path;
  return `Apply this code block to ${target}. Change nothing else.\n\n${fence}${language}\n${code}\n${fence}`;
}

/** Null for any other prompt. */
export function readApplyPrompt(prompt: string): ApplyPrompt | null {
  const match = words.exec(prompt);
  if (match === null) {
    return null;
  }
  const [, path = '', isNew, , language = '', code = ''] = match;
  return { path, isNew: isNew !== undefined, language, code };
}
