/** The browser that shows the editor. It can reach this machine and nothing else. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { places } from '../../commands/places.mjs';

const { chromium } = createRequire(path.join(places.editorHost, 'package.json'))('playwright-core');

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-software-rasterizer',
  // Room for the compiled code of the editor, which is larger than what an entry may be by default.
  '--disk-cache-size=2000000000',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** How large a window is that nobody has made larger or smaller, in CSS pixels. */
export const viewport = { width: 1400, height: 900 };

/** A window of a scenario lives for seconds: compiling its code anew until it is fast costs more than it gives. */
export const shortLived = '--js-flags=--no-opt --no-maglev';

export async function launchBrowser(state, executablePath, more = []) {
  const context = await chromium.launchPersistentContext(state.folder('chromium'), {
    executablePath,
    headless: true,
    viewport,
    env: state.environment(),
    args: [...switches, ...more],
    // Our own commands end it, after the test's report is written.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  context.setDefaultTimeout(60_000);
  return context;
}
