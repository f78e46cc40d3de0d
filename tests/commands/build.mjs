/** npm run build: the server as a native executable, and the extension's bundles. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isProgram, main } from './main.mjs';
import { places, root } from './places.mjs';
import { run } from './processes.mjs';
import { setUp } from './setup.mjs';

export async function buildServer() {
  await run(process.execPath, ['server/publish.mjs'], { cwd: root });
  if (!existsSync(places.server)) throw new Error(`server/publish.mjs wrote no ${path.relative(root, places.server)}.`);
}

export async function buildExtension() {
  await run(process.execPath, ['build.mjs'], { cwd: places.extension });
}

if (isProgram(import.meta)) {
  await main(async () => {
    await setUp();
    await buildServer();
    await buildExtension();
  });
}
