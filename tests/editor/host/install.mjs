/** Installs the editor host (VS Code for the browser, its Node, Playwright) and finds the browser that shows it. */
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { installLocked, npm } from '../../commands/npm.mjs';
import { places } from '../../commands/places.mjs';
import { run } from '../../commands/processes.mjs';

const codeServer = path.join(places.editorHost, 'node_modules', 'code-server');

/** The program that serves VS Code; run it with `places.hostNode`. */
export const codeServerEntry = path.join(codeServer, 'out', 'node', 'entry.js');

/** The ripgrep that this VS Code carries; the search tests use it, so that they need none on the search path. */
export const hostRipgrep = path.join(
  ...[codeServer, 'lib', 'vscode', 'node_modules', '@vscode', 'ripgrep-universal', 'bin', 'linux-x64', 'rg'],
);

/** The editor host is a set of Linux x64 packages. */
export const hostIsSupported = process.platform === 'linux' && process.arch === 'x64';

export async function installHostPackages() {
  const vscode = path.join(codeServer, 'lib', 'vscode');
  const installed = await installLocked(places.editorHost, async () => {
    // What the postinstall script would do, without the native modules it compiles for minutes and we never load.
    // --legacy-peer-deps: the published shrinkwrap lacks a peer, which a strict `npm ci` refuses.
    const args = ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
    for (const cwd of [vscode, path.join(vscode, 'extensions')]) await npm([...args, '--loglevel=error'], { cwd });
  });
  if (installed) console.log('Installed the editor host.');
}

/** A Chromium on this machine, or null. */
export function findBrowser() {
  const named = process.env.SAGE_BROWSER;
  if (named) return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable) ?? null;
}

/** A Chromium, installed with Debian's own means where we may; null where there is none and we may not. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  console.log('Installing Chromium with apt-get.');
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-qq'], options);
  // A font, because without one every letter is drawn as a box.
  const packages = ['chromium', 'fonts-dejavu-core'];
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  return findBrowser();
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
