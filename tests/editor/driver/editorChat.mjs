/** VS Code's own chat, as its user sees it. Whatever is sent there names a participant: without one it would ask to sign in. */
import { until } from './wait.mjs';
import { appears } from './workbench.mjs';

export class EditorChat {
  constructor(page, workbench) {
    this.page = page;
    this.workbench = workbench;
  }

  async open() {
    await this.workbench.runCommand('Chat: Open Chat');
    await this.input.waitFor();
  }

  get input() {
    return this.page.locator('.interactive-input-part .monaco-editor').first();
  }

  /** The answer to the last prompt. */
  get answer() {
    return this.page.locator('.interactive-item-container.interactive-response').last();
  }

  async send(prompt) {
    await this.input.click();
    await this.page.keyboard.type(prompt);
    // The list of participants, which would take Enter.
    const suggestions = this.page.locator(
      '.interactive-input-part .suggest-widget.visible, .editor-widget.suggest-widget.visible',
    );
    if (await appears(suggestions.first(), 500)) await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('Enter');
    const words = prompt.replace(/^@\S+ (\/\S+ )?/, '');
    await this.page.locator('.interactive-request', { hasText: words }).last().waitFor();
  }

  async says(text) {
    await this.answer.filter({ hasText: text }).waitFor();
  }

  button(title) {
    return this.answer.locator('.monaco-button', { hasText: title }).last();
  }

  /** Presses a button of any answer, by key: it may stand below what sticks to the top of the list. */
  async press(title) {
    const button = this.page.locator('.interactive-response .monaco-button', { hasText: title }).first();
    await button.focus();
    await this.page.keyboard.press('Enter');
  }

  /** What is offered to be said next. */
  followup(text) {
    return this.page.locator('.interactive-session-followups .monaco-button', { hasText: text }).first();
  }
  async stop() {
    await this.page.locator('.interactive-input-part .codicon-stop-circle').first().click();
  }

  /** Waits until nothing is written any more. */
  async finished() {
    const running = this.page.locator('.interactive-input-part .codicon-stop-circle');
    await until('the answer to have ended', async () => (await running.count()) === 0);
  }
}
