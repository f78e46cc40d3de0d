/** A git repository of the size that makes checkpoints slow elsewhere. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const manyFiles = 100_000;
const perFolder = 50;

export function makeRepository(folder) {
  for (let file = 0; file < manyFiles; file += perFolder) {
    const at = path.join(folder, `part${Math.floor(file / 2000)}`, `folder${file}`);
    mkdirSync(at, { recursive: true });
    for (let i = 0; i < perFolder; i++)
      writeFileSync(path.join(at, `file${file + i}.ts`), `export const n = ${file + i};\n`);
  }
  const git = (...args) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  git('init', '-q');
  git('add', '.');
  // What was written in the same moment as the index is not believed to be what the index says.
  git('update-index', '--refresh');
  return folder;
}
