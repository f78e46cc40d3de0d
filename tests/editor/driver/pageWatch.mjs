/** Remembers what a page said and whom it called, to be judged at the end of a test. */

// Errors of the editor itself, seen with no extension installed.
const known = [
  /vsda/,
  /authentication provider 'github'/,
  /require is not defined/,
  /Failed to load resource/,
  /An iframe which has both allow-scripts and allow-same-origin/,
];

/** The editor's service worker answers this name; no network is used. */
const virtualHost = /\.vscode-(resource|cdn)\./;

export class PageWatch {
  constructor(page) {
    this.lines = [];
    this.errors = [];
    this.offMachine = new Set();
    page.on('console', (message) => {
      this.lines.push(`${message.type()} ${message.text()}`);
      if (message.type() === 'error' && !known.some((k) => k.test(message.text()))) this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.lines.push(`pageerror ${error.stack ?? error.message}`));
    page.on('request', (request) => {
      const { protocol, hostname, pathname } = new URL(request.url());
      if (!/^(http|ws)s?:$/.test(protocol) || hostname === '127.0.0.1' || virtualHost.test(hostname)) return;
      this.offMachine.add(hostname + pathname);
    });
    // A reload with unsaved files asks first.
    page.on('dialog', (dialog) => dialog.accept().catch(() => {}));
  }
}
