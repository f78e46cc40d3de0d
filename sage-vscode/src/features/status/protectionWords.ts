import * as vscode from 'vscode';
import type { ActivitySnapshot } from '../../infrastructure/activity';
import type { PermissionMode, ProtectionResult } from '../../protocol/generated';

export type ShownProtection = Pick<ActivitySnapshot, 'mode' | 'trusted' | 'protection'>;

/** What protects the user at this moment, in sentences. */
export function protectionWords({ mode, trusted, protection }: ShownProtection): readonly string[] {
  return trusted
    ? [modeWords(mode), ...wallWords(protection)]
    : [vscode.l10n.t('Restricted: this workspace is not trusted. Sage only reads, whatever the mode.')];
}

/** Everything runs without asking, and nothing stands around it. */
export function isUnprotected({ mode, trusted, protection }: ShownProtection): boolean {
  return trusted && mode === 'full' && (protection?.walls === 'none' || protection?.walls === 'switchedOff');
}

function modeWords(mode: PermissionMode): string {
  switch (mode) {
    case 'autoEdit':
      return vscode.l10n.t('Mode Auto-edit: reads and edits in this workspace are free; commands are asked about.');
    case 'plan':
      return vscode.l10n.t('Mode Plan: only reads are allowed.');
    case 'full':
      return vscode.l10n.t('Mode Full: everything runs without asking, but for what your rules forbid.');
    default:
      return vscode.l10n.t('Mode Ask: reads are free; edits and commands are asked about.');
  }
}

function wallWords(protection: ProtectionResult | null): readonly string[] {
  if (protection === null) {
    return [vscode.l10n.t('Walls around commands: not looked at yet.')];
  }
  const { walls, network, means, missing } = protection;
  const made = means.join(', ');
  switch (walls) {
    case 'whole':
      return [
        vscode.l10n.t('Walls around commands that nobody looked at: all of them ({0}).', made),
        networkWords(network),
      ];
    case 'partly':
      return [
        vscode.l10n.t('Walls around commands that nobody looked at: some of them ({0}).', made),
        ...missing,
        networkWords(network),
      ];
    case 'switchedOff':
      return [vscode.l10n.t('No walls around commands: your settings switch them off.')];
    default:
      return [vscode.l10n.t('No walls around commands: this computer has none.'), ...missing];
  }
}

function networkWords(network: boolean): string {
  return network
    ? vscode.l10n.t('Their network is on, as your settings want it.')
    : vscode.l10n.t('Their network is off.');
}
