/** npm, found beside the Node that runs us, so that a PATH changed for other programs cannot change it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './processes.mjs';

const windows = process.platform === 'win32';

export async function npm(args, options = {}) {
  // npm start sets npm_execpath; a bare `node script.mjs` does not.
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) await run(process.execPath, [cli, ...args], options);
  else await run(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
}

/** Installs what a lock file names, unless exactly that is installed already. Answers whether it had to. */
export async function installLocked(folder, afterwards = async () => {}) {
  const lock = createHash('sha256').update(readFileSync(path.join(folder, 'package-lock.json')));
  const wanted = lock.update(`${process.platform}-${process.arch}`).digest('hex');
  const stamp = path.join(folder, 'node_modules', '.sage-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  // No install script runs: nothing we use needs one, and none is trusted.
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  await afterwards();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}
