import * as vscode from 'vscode';
import { type McpLogLine, Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';

/** What servers said, each in an output channel that is made when somebody wants to see it, and followed from then on. */
export class ServerLogs implements vscode.Disposable {
  readonly #shown = new Map<string, { readonly channel: vscode.OutputChannel; last: number }>();
  readonly #parts: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.#parts = [
      server.mcpChanged.subscribe(({ logs }) => {
        for (const name of logs) {
          void this.#follow(name).catch(() => {});
        }
      }),
      // Another process counts its lines from 1 on.
      server.stateChanged.subscribe(({ kind }) => {
        for (const log of kind === 'running' ? [] : this.#shown.values()) {
          log.last = 0;
        }
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#parts, ...[...this.#shown.values()].map(({ channel }) => channel)).dispose();
  }

  async show(name: string): Promise<void> {
    if (!this.#shown.has(name)) {
      this.#shown.set(name, { channel: vscode.window.createOutputChannel(`Sage MCP: ${name}`, 'log'), last: 0 });
    }
    await this.#follow(name);
    this.#shown.get(name)?.channel.show(true);
  }

  async #follow(name: string): Promise<void> {
    const log = this.#shown.get(name);
    if (log === undefined || this.server.state.kind !== 'running') {
      return;
    }
    const { lines } = await this.server.request(Methods.readMcpLog, { server: name, after: log.last });
    for (const line of lines.filter(({ number }) => number > log.last)) {
      log.channel.appendLine(lineText(line));
      log.last = line.number;
    }
  }
}

function lineText({ at, isNotice, text }: McpLogLine): string {
  return `${at.replace('T', ' ').slice(0, 23)} ${isNotice ? '[info]' : '[stderr]'} ${text}`;
}
