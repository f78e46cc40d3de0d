/** The same window in every kind of theme: what can be read in one may vanish in another. */

/** The keys are those of the extension in fixtures/theme-keys. */
const themes = {
  light: { key: 'Control+Alt+F5', id: 'Light Modern' },
  'high-contrast-light': { key: 'Control+Alt+F6', id: 'Default High Contrast Light' },
  'high-contrast': { key: 'Control+Alt+F7', id: 'Default High Contrast' },
  dark: { key: 'Control+Alt+F8', id: 'Dark Modern' },
};

/** The light one with high contrast has dark buttons, and is not in the documentation's pictures. */
export const pictured = ['light', 'high-contrast', 'dark'];

/** Looks at the chat in each of these themes; the last one stays, and the focus is where it was. */
export async function inEachTheme({ page, chat }, look, names = Object.keys(themes)) {
  for (const name of names) {
    await page.keyboard.press(themes[name].key);
    await chat.frame.locator(`body[data-vscode-theme-id="${themes[name].id}"]`).waitFor();
    await look(name);
  }
}
