/**
 * npm start: builds Sage and opens it in VS Code; without VS Code, on Linux x64, in VS Code for the browser.
 *   npm start -- [FOLDER] [--browser] [--no-build] [--smoke] [--state FOLDER]
 * FOLDER is opened (default: the current one). --browser is for people who have VS Code and want the other.
 * --state is where the browser's editor keeps its settings, extensions and history (default: in the checkout).
 * --smoke starts the browser's editor, makes sure that it answers, and ends.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildExtension, buildServer } from '../tests/commands/build.mjs';
import { main } from '../tests/commands/main.mjs';
import { packageExtension, placeServer } from '../tests/commands/package.mjs';
import { places, root } from '../tests/commands/places.mjs';
import { setUp } from '../tests/commands/setup.mjs';
import { CodeServer, freePort } from '../tests/editor/driver/codeServer.mjs';
import { hostIsSupported, installHostPackages } from '../tests/editor/host/install.mjs';

const windows = process.platform === 'win32';
/** The oldest VS Code with a secondary side bar for extensions. */
const oldest = 1.106;
/** S-A-G-E on a telephone. */
const preferredPort = 7243;

await main(async () => {
  const options = readArguments();
  const code = options.browser ? null : findCode();
  if (!code && !hostIsSupported) {
    throw new Error(
      'Install VS Code and its `code` command (https://code.visualstudio.com), then run npm start again.',
    );
  }
  await setUp();
  if (!options.noBuild) {
    console.log('Building Sage. The first time takes a few minutes.');
    await buildServer();
    await buildExtension();
  }
  await (code ? openInCode(code, options.folder) : serveInBrowser(options));
});

function readArguments() {
  const flags = Object.fromEntries(['browser', 'no-build', 'smoke'].map((name) => [name, { type: 'boolean' }]));
  const { values, positionals } = parseArgs({
    options: { ...flags, state: { type: 'string' } },
    allowPositionals: true,
  });
  // npm runs us in the root of the project, and says here where the user stood.
  const from = process.env.INIT_CWD ?? process.cwd();
  const folder = path.resolve(from, positionals[0] ?? '.');
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`There is no folder ${folder}.`);
  const home = values.state ? path.resolve(from, values.state) : path.join(root, 'out', 'editor');
  return { folder, home, smoke: values.smoke, noBuild: values['no-build'], browser: values.browser || values.smoke };
}

/** The `code` command, if there is one that is new enough. */
function findCode() {
  const { status, stdout } = spawnSync('code', ['--version'], { encoding: 'utf8', shell: windows });
  if (status !== 0) return null;
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(stdout) ?? [];
  if (Number(major) > 1 || Number(minor) >= 106) return 'code';
  const found = stdout.split('\n')[0];
  if (!hostIsSupported) throw new Error(`Sage needs VS Code ${oldest} or newer; installed is ${found}.`);
  console.log(`VS Code ${found} is older than ${oldest}, which Sage needs; opening VS Code for the browser instead.`);
  return null;
}

/** A window with Sage in it; the user's own extensions and settings are not touched. */
async function openInCode(code, folder) {
  placeServer();
  const args = ['--new-window', `--extensionDevelopmentPath=${places.extension}`, folder];
  const { status, error } = spawnSync(code, args, { stdio: 'inherit', shell: windows });
  if (status !== 0) throw new Error(`VS Code could not be opened${error ? `: ${error.message}` : ''}.`);
  console.log(`Sage is in the new window of VS Code, on ${folder}.`);
}

async function serveInBrowser({ folder, home, smoke, noBuild }) {
  await installHostPackages();
  if (!noBuild || !existsSync(places.vsix)) await packageExtension();
  const state = browserState(home);
  const server = new CodeServer(state, path.join(state.root, 'editor.log'));
  await server.installExtension(places.vsix);
  // Who runs npm start has trusted this checkout already; any other folder is asked about.
  const more = folder === root ? ['--disable-workspace-trust'] : [];
  await server.start({ port: await freePort(smoke ? 0 : preferredPort), more });
  const url = `${server.url}/?folder=${encodeURIComponent(folder)}`;
  await assertWorkbench(url);
  console.log(`\nSage is ready, in VS Code for the browser:\n\n    ${url}\n`);
  if (smoke) return;
  console.log('It can be reached from this machine only. Press Ctrl+C to stop it.');
  openBrowser(url);
  const { code } = await server.child.ended;
  if (code !== 0) throw new Error(`The editor ended with ${code}; see ${path.join(state.root, 'editor.log')}.`);
}

/** Settings, extensions and history of the browser's editor stay, for the next start. */
function browserState(home) {
  const state = {
    root: home,
    config: path.join(home, 'code-server.yaml'),
    userData: path.join(home, 'user-data'),
    extensions: path.join(home, 'extensions'),
    environment: () => withoutEditor(process.env),
  };
  mkdirSync(path.join(state.userData, 'User'), { recursive: true });
  mkdirSync(state.extensions, { recursive: true });
  writeFileSync(state.config, 'auth: none\ncert: false\n');
  const settings = path.join(state.userData, 'User', 'settings.json');
  // Written once, the user's own from then on. Without the built-in chat, Sage is what the side bar shows first.
  const first = {
    'chat.disableAIFeatures': true,
    'telemetry.telemetryLevel': 'off',
    'workbench.startupEditor': 'none',
  };
  if (!existsSync(settings)) writeFileSync(settings, `${JSON.stringify(first, null, 2)}\n`);
  return state;
}

/** A terminal inside an editor carries variables that would make ours talk to that editor; npm's own help nobody. */
function withoutEditor(environment) {
  const foreign = /^(VSCODE_|npm_|INIT_CWD$|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$|PORT$|PASSWORD$)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign.test(name)));
}

async function assertWorkbench(url) {
  const answer = await fetch(url);
  const page = await answer.text();
  if (!answer.ok || !page.includes('vscode-workbench-web-configuration')) {
    throw new Error(`The editor answered ${answer.status}, but not with a workbench.`);
  }
}

function openBrowser(url) {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const opener = spawn('xdg-open', [url], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}
