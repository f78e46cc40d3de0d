import * as vscode from 'vscode';
import type { Overview } from '../../protocol/bridge';
import { type Checkpoint, Methods, type SkillProblem, type SkillSummary } from '../../protocol/generated';
import type { Server } from '../../server/requests';

interface SkillItem extends vscode.QuickPickItem {
  readonly path: string;
}

interface CheckpointItem extends vscode.QuickPickItem {
  readonly checkpoint: Checkpoint;
}

/** What the user can have shown of a session, or of Sage: asked of the server each time, never remembered. */
export class Sights {
  constructor(
    private readonly server: Server,
    private readonly sessions: { readonly current: string | null },
  ) {}

  async describe(what: Overview['kind']): Promise<Overview> {
    switch (what) {
      case 'doctor':
        return { kind: what, doctor: await this.server.request(Methods.runDoctor, {}) };
      case 'context':
        return {
          kind: what,
          context: await this.server.request(Methods.describeContext, { sessionId: this.#session() }),
        };
      default:
        return { kind: what, cost: await this.server.request(Methods.describeCost, { sessionId: this.#session() }) };
    }
  }

  /** Also those that were left out: whoever asks may want to mend them. */
  async showSkills(): Promise<void> {
    const { skills, problems } = await this.server.request(Methods.listSkills, {});
    if (skills.length + problems.length === 0) {
      const where = '.sage/skills/NAME/SKILL.md';
      void vscode.window.showInformationMessage(vscode.l10n.t('There are no skills here. One is a file {0}.', where));
      return;
    }
    const picked = await vscode.window.showQuickPick<SkillItem>(
      [...problems.map(problemItem), ...skills.map(skillItem)],
      {
        title: vscode.l10n.t('Skills: instructions that the model loads when a task fits'),
        placeHolder: vscode.l10n.t('Open a SKILL.md'),
        matchOnDescription: true,
        matchOnDetail: true,
      },
    );
    if (picked !== undefined) {
      await vscode.window.showTextDocument(vscode.Uri.file(picked.path), { preview: true });
    }
  }

  async chooseCheckpoint(): Promise<{ readonly turnId: string; readonly prompt: string } | null> {
    const { checkpoints } = await this.server.request(Methods.listCheckpoints, { sessionId: this.#session() });
    const picked = await vscode.window.showQuickPick(checkpoints.map(checkpointItem).reverse(), {
      title: vscode.l10n.t('Take files back to before a prompt'),
      placeHolder: vscode.l10n.t('You see what would change before anything does'),
      matchOnDescription: true,
    });
    return picked === undefined ? null : { turnId: picked.checkpoint.turnId, prompt: picked.checkpoint.prompt };
  }

  #session(): string {
    const { current } = this.sessions;
    if (current === null) {
      throw new Error(vscode.l10n.t('There is no session yet: send a prompt first.'));
    }
    return current;
  }
}

function skillItem({ name, description, place, path, isOfWorkspace }: SkillSummary): SkillItem {
  const whose = isOfWorkspace ? vscode.l10n.t('this workspace') : vscode.l10n.t('yours');
  return { label: `$(lightbulb) ${name}`, description: `${whose} · ${place}`, detail: description, path };
}

function problemItem({ text, path }: SkillProblem): SkillItem {
  return { label: `$(warning) ${vscode.l10n.t('Left out')}`, detail: text, path };
}

function checkpointItem(checkpoint: Checkpoint): CheckpointItem {
  const { prompt, files } = checkpoint;
  const since = files === 1 ? vscode.l10n.t('1 file changed since') : vscode.l10n.t('{0} files changed since', files);
  // What stands between $( and ) would be drawn as an icon.
  const words = prompt.trim().replace(/\s+/g, ' ').replaceAll('$(', '$\u200b(');
  return {
    label: words.length <= 100 ? words : `${words.slice(0, 99)}…`,
    description: files === 0 ? vscode.l10n.t('nothing changed since') : since,
    checkpoint,
  };
}
