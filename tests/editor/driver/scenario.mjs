/** A test in the real editor: a fresh window on a fresh folder, and evidence when it fails. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Chat } from './chat.mjs';
import { editorResults, sharedEditor } from './editor.mjs';
import { ModelServer } from './modelServer.mjs';
import { TestWorkspace } from './workspace.mjs';

const scenarios = [];

/**
 * @typedef {object} Options
 * @property {Record<string, string>} [files] What the workspace starts with.
 * @property {object} [script] What the model says (the format is Sage.TestKit's); without it no model is configured.
 * @property {'openai' | 'anthropic'} [provider] The wire format it says it in.
 * @property {object} [settings] Settings of the user.
 * @property {string | null} [folder] The name of the workspace, where a picture shows it; null for a window without one.
 * @property {number} [timeout]
 * @property {boolean} [alone] It measures time: nothing else runs beside it.
 */

/**
 * @param {string} name What is true when the test passes.
 * @param {(context: object) => Promise<void>} body
 *   Gets `{ editor, page, watch, workbench, chat, workspace, model, onEnd }`.
 * @param {Options} options
 */
export function scenario(name, body, options = {}) {
  // Long names begin alike, and two scenarios must not share a folder: they would share its sessions.
  const slug = `${scenarios.length}-${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 50)}`;
  scenarios.push({ name, alone: options.alone === true, run: () => play(slug, body, options) });
}

/** A test beside the editor: no window is opened for it. */
export function withoutWindow(name, body, { timeout } = {}) {
  scenarios.push({ name, alone: false, run: () => withDeadline(body(), timeout) });
}

/** Makes what was collected so far tests of the current suite: all of it, or a part (see main.mjs). */
export function declareScenarios(shard) {
  for (const { name, run } of scenarios.filter(isIn(shard))) test(name, run);
}

function isIn(shard) {
  if (!shard) return () => true;
  if (shard === 'alone') return ({ alone }) => alone;
  const [part, parts] = shard.split('/').map(Number);
  const others = scenarios.filter(({ alone }) => !alone);
  return (scenario) => others.includes(scenario) && others.indexOf(scenario) % parts === part - 1;
}

async function play(slug, body, options) {
  const { files, folder = 'workspace', settings, provider = 'openai', script, timeout } = options;
  const editor = await sharedEditor();
  const workspace = folder && new TestWorkspace(editor.state.folder(path.join('workspaces', slug, folder)), files);
  const model = script && (await ModelServer.start(editor.state.folder(path.join('scripts', slug)), script));
  editor.state.writeSettings({ ...(model && modelSettings(model, provider)), ...settings });
  const window = await editor.newWindow();
  const chat = new Chat(window.page, window.workbench);
  const ends = [];
  let failure;
  try {
    const context = { ...window, editor, chat, workspace, model, onEnd: (end) => ends.unshift(end) };
    await withDeadline(
      window.workbench.open(workspace?.path).then(() => body(context)),
      timeout,
    );
    assert.deepEqual([...window.watch.offMachine], [], 'the page asked for something that is not on this machine');
    assert.deepEqual(window.watch.failures, [], 'an exception reached the page');
    if (model) assert.deepEqual(await model.violations(), [], 'a vendor would refuse these requests');
  } catch (error) {
    failure = error;
    await keepEvidence(window, slug);
    error.stack += `\nThe chat showed:\n${(await chat.shown()).slice(-1_000)}`;
  } finally {
    await editor.leave(window, { keep: !failure });
    // What was started is stopped also when an end before it fails.
    const ended = await Promise.allSettled(ends.map((end) => end()));
    await model?.stop();
    for (const { reason } of ended) if (reason) failure ??= reason;
  }
  if (failure) throw failure;
}

/** The base URL is what comes before the format's own path. */
const modelSettings = ({ url }, provider) => ({
  'sage.provider': provider,
  'sage.baseUrl': provider === 'anthropic' ? url : `${url}/v1`,
  'sage.model': 'scripted-model',
});

/** Our own, not the runner's: there is a picture of what a scenario waited for when its time was up. */
async function withDeadline(work, timeout = 240_000) {
  const overdue = AbortSignal.timeout(timeout);
  const late = new Promise((_, reject) => {
    overdue.addEventListener('abort', () => reject(new Error(`The scenario took longer than ${timeout / 1000} s.`)));
  });
  await Promise.race([work, late]);
}

async function keepEvidence({ page, watch }, slug) {
  mkdirSync(editorResults, { recursive: true });
  await page.screenshot({ path: path.join(editorResults, `${slug}.png`) }).catch(() => {});
  writeFileSync(path.join(editorResults, `${slug}.console.log`), watch.lines.join('\n'));
}
