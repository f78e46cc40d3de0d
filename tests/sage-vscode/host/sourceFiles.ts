import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const extensionRoot = path.join(import.meta.dirname, '../../../sage-vscode');

export interface SourceFile {
  /** Relative to `sage-vscode/src`, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** What it imports, relative to `sage-vscode/src`; packages by their name. */
  readonly imports: readonly string[];
}

export function sourceFiles(): readonly SourceFile[] {
  const root = path.join(extensionRoot, 'src');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => {
      const text = readFileSync(path.join(root, name), 'utf8');
      const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, target = '']) =>
        target.startsWith('.') ? path.join(path.dirname(name), target) : target,
      );
      return { path: name.split(path.sep).join('/'), text, imports };
    });
}

export function readJson<T>(...parts: string[]): T {
  return JSON.parse(readFileSync(path.join(extensionRoot, ...parts), 'utf8')) as T;
}
