import assert from 'node:assert/strict';
import path from 'node:path';
import { root } from '../../commands/places.mjs';
import { capture, start, stop } from '../../commands/processes.mjs';
import { sharedEditor } from '../driver/editor.mjs';
import { withoutWindow } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';
import { findWebview } from '../driver/webview.mjs';

const command = ['sage-vscode/start.mjs', '--no-build'];

withoutWindow('npm start serves a workbench on this machine, says where, and leaves nothing running', async () => {
  const output = await capture(process.execPath, [...command, '--smoke'], { cwd: root });
  assert.match(output, /http:\/\/127\.0\.0\.1:\d+\/\?folder=/);
});

withoutWindow('The first thing npm start shows is the chat, in every folder, before anything is clicked', async () => {
  const editor = await sharedEditor();
  const folders = ['first', 'second'].map((name) => editor.state.folder(path.join('workspaces', name)));
  const options = ['--browser', '--state', editor.state.folder('npm-start'), folders[0]];
  const child = start(process.execPath, [...command, ...options], {
    cwd: root,
    // No browser of the person running the tests opens.
    env: { DISPLAY: '', WAYLAND_DISPLAY: '', SAGE_HOME: editor.state.folder('npm-start-home') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const address = await servedAddress(child);
    for (const folder of folders) {
      address.searchParams.set('folder', folder);
      const page = await editor.browser.newPage();
      await page.goto(address.href);
      const chat = await findWebview(page, '[data-testid=composer-input]');
      await chat.getByTestId('welcome').waitFor();
      await page.goto('about:blank');
      await page.close();
    }
  } finally {
    await stop(child);
  }
});

/** The address that npm start prints. */
async function servedAddress(child) {
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [address] = await until('npm start to say where it serves', () => output.match(/http:\/\/127\.\S+/), {
    timeout: 180_000,
  });
  return new URL(address);
}
