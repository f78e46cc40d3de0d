/** A test in the real editor: a fresh window on a fresh folder, and evidence when it fails. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { editorResults, sharedEditor } from './editor.mjs';
import { TestWorkspace } from './workspace.mjs';

const scenarios = [];

/**
 * @param {string} name What is true when the test passes.
 * @param {(context: object) => Promise<void>} body Gets `{ editor, workbench, page, watch, workspace, onEnd }`.
 * @param {{files?: Record<string, string>, settings?: object, timeout?: number}} options
 */
export function scenario(name, body, options = {}) {
  scenarios.push({ name, body, ...options });
}

/** Makes the scenarios collected so far tests of the current suite. */
export function declareScenarios() {
  for (const one of scenarios) test(one.name, { timeout: one.timeout ?? 120_000 }, () => play(one));
}

async function play({ name, body, files = {}, settings = {} }) {
  const editor = await sharedEditor();
  const slug = name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60);
  editor.state.writeSettings(settings);
  const workspace = new TestWorkspace(editor.state.folder(path.join('workspaces', slug)), files);
  const window = await editor.newWindow();
  const ends = [];
  try {
    await window.workbench.open(workspace.path);
    await body({ ...window, editor, workspace, onEnd: (end) => ends.unshift(end) });
    assert.deepEqual([...window.watch.offMachine], [], 'the page asked for something that is not on this machine');
  } catch (error) {
    await keepEvidence(window, slug);
    throw error;
  } finally {
    await window.workbench.leave();
    for (const end of ends) await end();
  }
}

async function keepEvidence({ page, watch }, slug) {
  mkdirSync(editorResults, { recursive: true });
  await page.screenshot({ path: path.join(editorResults, `${slug}.png`) }).catch(() => {});
  writeFileSync(path.join(editorResults, `${slug}.console.log`), watch.lines.join('\n'));
}
