/** What a file's name may be; the server says the same. */
const name = /^[\p{L}\p{Nd}][\p{L}\p{Nd}_-]{0,63}$/u;

/** Why a new kind cannot be called so; null when it can. */
export function problemOfName(value: string, taken: ReadonlySet<string>): 'empty' | 'letters' | 'taken' | null {
  if (value === '') {
    return 'empty';
  }
  if (!name.test(value)) {
    return 'letters';
  }
  return taken.has(value) ? 'taken' : null;
}

/** A first text for a new kind, which says what can stand there. */
export function agentTemplate(kind: string): string {
  return `---
name: ${kind}
description: What it is for, and when to use it. The model reads this line to choose.
# The tools it has; leave the line out for all of them.
tools: read_file, grep, glob, list_directory
# mode: plan        (the widest it may go: plan, ask, autoEdit or full)
# max_requests: 20  (at most 50)
# model: provider/model  (counts in your own files only)
---

You are … Write here what it has to know and how it works.

Answer with what you found, and with \`path:line\` where it is.
`;
}
