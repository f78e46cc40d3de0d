/** Extensions that stand in for others' beside Sage. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { places } from '../../commands/places.mjs';
import { capture } from '../../commands/processes.mjs';

/** Packages one of `tests/editor/fixtures` into a folder: the editor knows only extensions that were installed. */
export async function packageFixture(name, folder) {
  const vsix = path.join(folder, `${name}.vsix`);
  const vsce = path.join(places.editorHost, 'node_modules', '@vscode', 'vsce', 'vsce');
  const node = existsSync(places.hostNode) ? places.hostNode : process.execPath;
  const options = ['--no-dependencies', '--skip-license', '--allow-missing-repository', '--out', vsix];
  const cwd = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  await capture(node, [vsce, 'package', ...options], { cwd });
  return vsix;
}
