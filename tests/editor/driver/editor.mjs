/** The editor all scenarios of a run share: one server, one browser, a window for each scenario. */
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { places } from '../../commands/places.mjs';
import { onStop } from '../../commands/processes.mjs';
import { findBrowser } from '../host/install.mjs';
import { launchBrowser, shortLived, viewport } from './browser.mjs';
import { CodeServer } from './codeServer.mjs';
import { packageFixture } from './fixture.mjs';
import { HermeticState } from './hermeticState.mjs';
import { PageWatch } from './pageWatch.mjs';
import { Workbench } from './workbench.mjs';

export const editorResults = path.join(places.results, 'editor');

let shared;

/**
 * Starts the editor at the first call, with these switches of the browser. A start that failed fails every scenario, at once and
 * with the same words.
 */
export function sharedEditor(switches = [shortLived]) {
  shared ??= Editor.start(process.env.SAGE_TEST_VSIX ?? places.vsix, switches);
  return shared;
}

export async function stopSharedEditor() {
  const editor = await shared?.catch(() => null);
  await editor?.stop();
}

class Editor {
  static async start(vsix, switches) {
    if (!existsSync(vsix)) throw new Error(`${vsix} is missing: npm run package`);
    const browser = findBrowser();
    if (!browser) throw new Error('No Chromium was found; set SAGE_BROWSER to one.');
    const editor = new Editor();
    editor.forget = onStop(() => editor.stop());
    editor.state = new HermeticState();
    editor.server = new CodeServer(
      editor.state,
      path.join(editorResults, `server${process.env.SAGE_SHARD?.replace('/', '-of-') ?? ''}.log`),
    );
    try {
      await editor.server.installExtension(vsix);
      for (const fixture of ['acme-models', 'acme-agent', 'red-tests', 'theme-keys']) {
        await editor.server.installExtension(await packageFixture(fixture, editor.state.root));
      }
      await editor.server.start({ more: ['--vscode-option', 'enable-smoke-test-driver'] });
      editor.browser = await launchBrowser(editor.state, browser, switches);
    } catch (error) {
      await editor.stop();
      throw error;
    }
    return editor;
  }

  /**
   * A window, not yet open on a folder. A tab that was left in order is used again: its process has compiled the editor's code,
   * which takes seconds.
   */
  async newWindow() {
    const page = this.spare ?? (await this.browser.newPage());
    this.spare = undefined;
    await page.setViewportSize(viewport);
    const watch = new PageWatch(page);
    return { page, watch, workbench: new Workbench(page, this.server.url) };
  }

  /** Leaves a window; unlike a closed tab, an empty one ends its extension host at once. */
  async leave({ page, watch }, { keep = false } = {}) {
    const isEmpty = await page.goto('about:blank').then(
      () => true,
      () => false,
    );
    watch.end();
    if (keep && isEmpty && !this.spare) this.spare = page;
    else await page.close();
  }

  async stop() {
    this.forget();
    await this.browser?.close().catch(() => {});
    await this.server.stop();
    // What the server under test wrote about itself, for whoever asks why a scenario failed.
    const logs = path.join(this.state.sageHome, 'logs');
    if (existsSync(logs)) cpSync(logs, path.join(editorResults, 'sage-logs'), { recursive: true });
    this.state.remove();
  }
}
