/** What every other command needs first. */
import { spawnSync } from 'node:child_process';
import { installLocked } from './npm.mjs';
import { root } from './places.mjs';

export async function setUp() {
  requireNode();
  requireDotnet();
  if (await installLocked(root)) console.log('Installed the npm packages.');
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Sage is built with Node 20.19 or newer; this is ${process.version}.`);
}

function requireDotnet() {
  const { stdout, error } = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
  if (error) throw new Error('Sage needs the .NET 10 SDK, and `dotnet` is not on the PATH. See https://dot.net.');
  if (!/^(1\d|[2-9]\d)\./m.test(stdout)) {
    throw new Error(`Sage needs the .NET 10 SDK or newer; installed is:\n${stdout || 'none'}`);
  }
}
