/** The pictures of the documentation. They are rewritten only when asked for, so that a test run changes no file. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../commands/places.mjs';

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

const themes = { dark: 'Dark Modern', light: 'Light Modern', 'high-contrast': 'Dark High Contrast' };

/** The same picture in three themes; the first is the one that stays. Themes are changed only for pictures: they take their time. */
export async function screenshotInThemes({ page, workbench, chat }, name) {
  if (process.env.SAGE_SCREENSHOTS !== '1') return;
  for (const theme of ['high-contrast', 'light', 'dark']) {
    await workbench.chooseTheme(themes[theme]);
    await chat.frame.locator(`body.vscode-${theme}`).waitFor();
    await screenshot(page, `${name}-${theme}`);
  }
}
