/** The pictures of the documentation. They are rewritten only when asked for, so that a test run changes no file. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../commands/places.mjs';
import { inEachTheme, pictured } from './themes.mjs';

const folder = path.join(root, 'docs', 'screenshots');

/** Settings that keep what is not Sage out of the picture. */
export const forPictures = { 'chat.disableAIFeatures': true, 'workbench.activityBar.location': 'hidden' };

export async function screenshot(page, name) {
  if (process.env.SAGE_SCREENSHOTS !== '1') return;
  mkdirSync(folder, { recursive: true });
  // The pointer's hover and a blinking caret would make two pictures of the same thing differ.
  await page.mouse.move(700, 895);
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

/** The same picture in three themes. Themes are changed only for pictures: they take their time. */
export async function screenshotInThemes(context, name) {
  if (process.env.SAGE_SCREENSHOTS !== '1') return;
  await inEachTheme(context, (theme) => screenshot(context.page, `${name}-${theme}`), pictured);
}
