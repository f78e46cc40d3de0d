/** Sage's chat, as its user sees it. */
import { until } from './wait.mjs';
import { findWebview } from './webview.mjs';

export class Chat {
  constructor(page, workbench) {
    this.page = page;
    this.workbench = workbench;
  }

  /** Opens the chat (again, after a reload) and puts the cursor into the composer. */
  async open() {
    await this.workbench.runCommand('Sage: Open Chat');
    await this.find();
  }

  /** Finds a chat that something else has opened. */
  async find() {
    this.frame = await findWebview(this.page, '[data-testid=composer-input]');
    await this.composer.waitFor();
  }

  /** A part of the chat by its test id, narrowed by attributes: `part('item-tool', { status: 'ok' })`. */
  part(testId, attributes = {}) {
    const conditions = Object.entries(attributes).map(([name, value]) => `[data-${name}="${value}"]`);
    return this.frame.locator(`[data-testid="${testId}"]${conditions.join('')}`);
  }

  get composer() {
    return this.part('composer-input');
  }

  /** A part of the prompt that is being written, beside its text. */
  chip(text) {
    return this.frame.locator('.composer').getByTestId('chip').filter({ hasText: text });
  }

  async newSession() {
    await this.#titleBarAction('New Session').click();
  }

  async showHistory() {
    await this.#titleBarAction('History').click();
  }

  async send(prompt) {
    await this.write(prompt);
    await this.page.keyboard.press('Enter');
    await this.part('item-user').filter({ hasText: prompt }).last().waitFor();
  }

  /**
   * Types into the composer; once more if not all of it has arrived: a command that opened the chat may still be moving the focus,
   * and a key that is pressed in that moment goes nowhere. No person types that soon.
   */
  async write(words) {
    await this.composer.click();
    await this.page.keyboard.type(words);
    if ((await this.composer.inputValue()) === words) return;
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(words);
  }

  /** Waits until so many turns of this session have ended in this way. */
  async turnEnded(outcome = 'completed', count = 1) {
    await this.part('item-turn-end', { outcome })
      .nth(count - 1)
      .waitFor({ state: 'attached', timeout: 80_000 });
  }

  reply(text) {
    return this.part('item-reply').filter({ hasText: text }).last();
  }

  /** The editor's own button in the title bar of the view. */
  #titleBarAction(label) {
    return this.page.locator(`.part.auxiliarybar .title-actions [aria-label="${label}"]`);
  }

  /** Waits until the approval card has taken the focus by itself: from here on the keyboard answers it. */
  async approvalFocused() {
    await this.part('approval').waitFor();
    await this.focused('approval-allow');
  }

  /** What stands in it, for the reader of a failure: the picture of it may be on another machine. */
  async shown() {
    const outline = this.frame?.locator('body').ariaSnapshot({ timeout: 2_000 });
    return (await outline?.catch(() => undefined)) ?? 'nothing';
  }

  /** Waits until what is typed goes to this part. */
  focused(testId) {
    return until(`the focus on ${testId}`, () =>
      this.part(testId).evaluate((part) => part === document.activeElement && document.hasFocus()),
    );
  }
}
