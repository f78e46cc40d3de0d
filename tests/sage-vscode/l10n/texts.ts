import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { extensionRoot } from '../host/sourceFiles';

export interface Texts {
  /** Every text of the sources that can be translated. */
  readonly keys: readonly string[];
  /** Calls whose text is no literal, so that no bundle can be checked for it. */
  readonly unclear: readonly string[];
}

const literal = String.raw`\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")\s*`;
const calls = /(?<![\w.])(?:vscode\.)?(?:l10n\.)?t\(|(?<![\w.])(?:plural|around)\(/g;
const one = new RegExp(`^[\\w.]+\\(${literal}`);
const oneAndMany = new RegExp(`^plural\\([\\s\\S]*?,${literal},${literal}`);

/** What the host and the panel say to the user, read from their calls of `l10n.t`, `t`, `plural` and `around`. */
export function textsOf(folder: 'src' | 'webview'): Texts {
  const root = path.join(extensionRoot, folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && name !== 'l10n.ts',
  );
  const keys = new Set<string>();
  const unclear: string[] = [];
  for (const name of files) {
    const code = readFileSync(path.join(root, name), 'utf8');
    for (const { 0: call, index } of code.matchAll(calls)) {
      const found = (call === 'plural(' ? oneAndMany : one).exec(code.slice(index));
      const texts = (found?.slice(1) ?? []).filter((text) => text !== undefined);
      for (const text of texts) {
        keys.add(text.replaceAll(/\\(['"])/g, '$1'));
      }
      if (texts.length === 0) {
        unclear.push(`${folder}/${name}: ${code.slice(index, index + 60)}`);
      }
    }
  }
  return { keys: [...keys], unclear };
}
