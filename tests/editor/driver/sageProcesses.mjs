/** Looks at the machine's processes, to see what Sage started and what it left behind. */
import { readdirSync, readFileSync } from 'node:fs';

/** The processes whose command line has all these words, in order. */
export function processesWith(...words) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), line: commandLine(pid) }))
    .filter(({ line }) => inOrder(line, words));
}

/** The language servers that extensions of this editor run. */
export function sageServers(editor) {
  return processesWith(editor.state.extensions, '--stdio').map(({ pid }) => pid);
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  } catch {
    return '';
  }
}

function inOrder(line, words) {
  let from = 0;
  for (const word of words) {
    const at = line.indexOf(word, from);
    if (at < 0) return false;
    from = at + word.length;
  }
  return true;
}
