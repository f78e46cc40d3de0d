/** Remembers what a page said and whom it called, to be judged at the end of a test. */

// Exceptions of the editor itself, seen with no extension installed.
const known = [/require is not defined/, /authentication provider 'github'/, /Canceled/];

/** The editor's service worker answers this name; no network is used. */
const virtualHost = /\.vscode-(resource|cdn)\./;

export class PageWatch {
  constructor(page) {
    this.page = page;
    this.lines = [];
    this.failures = [];
    this.offMachine = new Set();
    page.on('console', (message) => this.lines.push(`${message.type()} ${message.text()}`));
    page.on('pageerror', (error) => {
      const text = error.stack ?? error.message;
      this.lines.push(`pageerror ${text}`);
      if (!known.some((one) => one.test(text))) this.failures.push(text);
    });
    page.on('request', (request) => {
      const { protocol, hostname, pathname } = new URL(request.url());
      if (!/^(http|ws)s?:$/.test(protocol) || hostname === '127.0.0.1' || virtualHost.test(hostname)) return;
      this.offMachine.add(hostname + pathname);
    });
    // A reload with unsaved files asks first.
    page.on('dialog', (dialog) => dialog.accept().catch(() => {}));
  }
  /** What the page does from now on is not this test's. */
  end() {
    for (const event of ['console', 'pageerror', 'request', 'dialog']) this.page.removeAllListeners(event);
  }
}
