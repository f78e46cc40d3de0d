/**
 * Runs the real-editor scenarios one after another, under the editor host's Node:
 * `node --test-reporter=tests/editor/reporter.mjs tests/editor/main.mjs`
 * SAGE_SHARD names a part of them: `1/2`, `2/2` (each with an editor of its own), or `alone` for what measures time.
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { after, describe } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stopSharedEditor } from './driver/editor.mjs';
import { declareScenarios } from './driver/scenario.mjs';

const folder = process.env.SAGE_SCENARIOS ?? fileURLToPath(new URL('scenarios', import.meta.url));
for (const file of globSync('**/*.test.mjs', { cwd: folder }).sort()) {
  await import(pathToFileURL(path.join(folder, file)).href);
}

describe('In the real editor', () => {
  after(stopSharedEditor);
  declareScenarios(process.env.SAGE_SHARD);
});
