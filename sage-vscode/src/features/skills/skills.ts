import * as vscode from 'vscode';
import { Methods } from '../../protocol/generated';
import type { Send, Server } from '../../server/requests';
import { contributedSkills } from './contributedSkills';

/** Tells the server which skills the editor's extensions bring: when it starts, and when extensions come and go. */
export class Skills {
  #told = '';

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
  ) {
    context.subscriptions.push(vscode.extensions.onDidChange(() => void this.#tellChange()));
  }

  async prepare(send: Send): Promise<void> {
    const skills = contributedSkills(vscode.extensions.all);
    this.#told = JSON.stringify(skills);
    await send(Methods.contributeSkills, { skills });
  }

  async #tellChange(): Promise<void> {
    const changed = JSON.stringify(contributedSkills(vscode.extensions.all)) !== this.#told;
    if (changed && this.server.state.kind === 'running') {
      await this.prepare((method, params, signal) => this.server.request(method, params, signal)).catch((error) =>
        this.log.error(error),
      );
    }
  }
}
