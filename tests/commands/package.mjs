/** npm run package: one VSIX for this platform, with the server inside. */
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { installHostPackages } from '../editor/host/install.mjs';
import { buildExtension, buildServer } from './build.mjs';
import { writeComponents } from './components.mjs';
import { isProgram, main } from './main.mjs';
import { places, root } from './places.mjs';
import { capture } from './processes.mjs';
import { setUp } from './setup.mjs';

/** The names the marketplace gives to platforms. */
const target = `${process.platform}-${process.arch}`;

/** Puts the server where the extension looks for it: inside itself, never on the PATH. */
export function placeServer() {
  const inside = path.join(places.extension, 'server');
  rmSync(inside, { recursive: true, force: true });
  mkdirSync(inside, { recursive: true });
  copyFileSync(places.server, path.join(inside, path.basename(places.server)));
}

export async function packageExtension() {
  placeServer();
  writeComponents(path.join(places.extension, 'server'));
  rmSync(places.vsix, { force: true });
  const vsce = path.join(places.editorHost, 'node_modules', '@vscode', 'vsce', 'vsce');
  const node = existsSync(places.hostNode) ? places.hostNode : process.execPath;
  // --no-dependencies: the bundles carry all they need.
  const options = ['--no-dependencies', '--target', target, '--out', places.vsix];
  await capture(node, [vsce, 'package', ...options], { cwd: places.extension });
  const size = (statSync(places.vsix).size / 1024 / 1024).toFixed(1);
  console.log(`Packaged ${path.relative(root, places.vsix)} for ${target}: ${size} MB.`);
}

if (isProgram(import.meta)) {
  await main(async () => {
    await setUp();
    await installHostPackages();
    await buildServer();
    await buildExtension();
    await packageExtension();
  });
}
