/** One window of VS Code, driven as a person drives it. */
import { until } from './wait.mjs';

const quickInput = '.quick-input-widget';
const activeEditor = '.editor-group-container.active .monaco-editor';

export class Workbench {
  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
  }

  /** Opens a folder; a window without one when none is named. */
  async open(folder) {
    await this.page.goto(`${this.origin}/?${folder ? `folder=${encodeURIComponent(folder)}` : 'ew=true'}`);
    await this.#shown();
  }

  /** Waits until the editor has stored that such a tab is open: it does so every few seconds, and a reload before that forgets it. */
  async stored(viewType) {
    await until(`the editor to have stored ${viewType}`, () => this.page.evaluate(isStored, viewType));
  }

  async reload() {
    await this.page.reload();
    await this.#shown();
  }

  /** Runs a command by the title it has in the palette, also one that appears only when its extension is known. */
  async runCommand(title, { timeout = 60_000 } = {}) {
    const deadline = Date.now() + timeout;
    for (;;) {
      await this.#quickOpen('F1', `>${title}`);
      const row = this.quickPick(title);
      if (await appears(row, 1500)) {
        await row.click();
        return;
      }
      await this.page.keyboard.press('Escape');
      if (Date.now() > deadline) throw new Error(`The palette has no command “${title}”.`);
    }
  }

  /** The row of an open quick pick with exactly this label. */
  quickPick(label) {
    const name = this.page.locator('.label-name', { hasText: new RegExp(`^${escapeRegExp(label)}$`) });
    return this.page.locator(`${quickInput} .monaco-list-row`).filter({ has: name }).first();
  }

  /** Types into the open input box (or quick pick) and accepts. */
  async answerInput(text) {
    const box = this.page.locator(`${quickInput} input:visible`).first();
    await box.waitFor();
    await box.fill(text);
    await this.page.keyboard.press('Enter');
  }

  get inputBox() {
    return this.page.locator(quickInput);
  }

  async openFile(name) {
    await this.#quickOpen('Control+P', name);
    await this.page.locator(`${quickInput} .monaco-list-row`, { hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.tab.active[data-resource-name="${name.split('/').at(-1)}"]`).waitFor();
    await this.page.locator(`${activeEditor} .view-line`).first().waitFor();
  }

  async goTo(line, column = 1) {
    await this.#quickOpen('Control+G', `:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator(quickInput).waitFor({ state: 'hidden' });
  }

  /** Selects whole lines, the last one without its line break. */
  async selectLines(first, last) {
    await this.goTo(first);
    for (let line = first; line < last; line++) await this.page.keyboard.press('Shift+ArrowDown');
    await this.page.keyboard.press('Shift+End');
  }

  /** The lines that are on screen. */
  async editorText() {
    const lines = this.page.locator(`${activeEditor} .view-lines`).first().locator('.view-line');
    const shown = await lines.evaluateAll((all) =>
      all.map((line) => ({ top: Number.parseInt(line.style.top, 10), text: line.textContent })),
    );
    return shown
      .sort((a, b) => a.top - b.top)
      .map((line) => line.text.replace(/\u00a0/g, ' '))
      .join('\n');
  }

  async expectEditor(pattern, options) {
    let text;
    const matches = async () => {
      text = await this.editorText();
      return typeof pattern === 'string' ? text === pattern : pattern.test(text);
    };
    await until(`the editor to show ${pattern}`, matches, options).catch((error) => {
      throw new Error(`${error.message} It shows:\n${text}`);
    });
  }

  async focusEditor() {
    await this.page.keyboard.press('Control+1');
  }

  /** Whether the active file has changes that are not on disk. */
  get dirtyTab() {
    return this.page.locator('.tab.active.dirty');
  }

  /** Saves the active file, which must have changes. */
  async save() {
    await this.dirtyTab.waitFor();
    await this.page.keyboard.press('Control+S');
    await this.dirtyTab.waitFor({ state: 'detached' });
  }

  async undo() {
    await this.page.keyboard.press('Control+Z');
  }

  /** Opens the light bulb's menu at the cursor; again, while the entry is not there yet. */
  async openLightBulb(title, { timeout = 80_000 } = {}) {
    const bulb = this.page.locator('.lightBulbWidget:visible, [class*="codicon-gutter-lightbulb"]:visible').first();
    const entry = this.lightBulbEntry(title);
    await until(
      `the light bulb to offer “${title}”`,
      async () => {
        // The bulb is drawn for the editor that has the focus; without it the same menu opens by its key.
        await this.focusEditor();
        await bulb.click({ timeout: 2000 }).catch(() => this.page.keyboard.press('Control+.'));
        const shown = await appears(entry, 2000);
        if (!shown) await this.page.keyboard.press('Escape');
        return shown;
      },
      { timeout },
    );
  }

  lightBulbEntry(title) {
    return this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
  }

  /** Drags the secondary side bar's edge until it is this wide. */
  async widenSideBar(width) {
    const box = await this.page.locator('.part.auxiliarybar').boundingBox();
    await this.page.mouse.move(box.x - 1, 300);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width - width, 300, { steps: 5 });
    await this.page.mouse.up();
  }

  /**
   * A notification in the list of them: the editor shows no toasts while a test drives it. The list is opened anew until it is
   * there: one that was opened empty stays so.
   */
  async notification(text) {
    const item = this.page.locator('.notification-list-item', { hasText: text }).first();
    await until(`the notification “${text}”`, async () => {
      await this.runCommand('Notifications: Show Notifications');
      const shown = await appears(item, 2000);
      if (!shown) await this.page.keyboard.press('Escape');
      return shown;
    });
    return item;
  }

  statusBarItem(text) {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text }).first();
  }

  codeLens(text) {
    return this.page.locator('.codelens-decoration a', { hasText: text }).first();
  }

  async #shown() {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 90_000 });
  }

  async #quickOpen(key, text) {
    const box = this.page.locator(`${quickInput} input[type=text]:visible`).first();
    // A key pressed while the workbench is still starting goes nowhere, and the box closes when something else takes the focus.
    await until(`${key} to open the quick input`, async () => {
      await this.page.keyboard.press(key);
      if (!(await appears(box, 1000))) return false;
      await box.fill(text, { timeout: 2000 });
      return true;
    });
  }
}

/** Whether something comes into sight soon. */
export function appears(locator, timeout) {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/** In the page: in the storage of one of the workspaces. */
async function isStored(viewType) {
  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const all = await indexedDB.databases();
  for (const { name } of all.filter(({ name }) => name.startsWith('vscode-web-state-db'))) {
    const database = await answer(indexedDB.open(name));
    try {
      const items = database.transaction('ItemTable').objectStore('ItemTable');
      if (String(await answer(items.get('memento/workbench.parts.editor'))).includes(viewType)) return true;
    } finally {
      database.close();
    }
  }
  return false;
}

function escapeRegExp(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
