import type { ServerState } from '../protocol/bridge';
import type { PermissionMode, ProtectionResult } from '../protocol/generated';
import { Signal } from './signal';

/** What Sage is doing, as the status bar shows it. */
export interface ActivitySnapshot {
  /** `idle`: no server has been needed yet. */
  readonly server: ServerState['kind'] | 'idle';
  readonly problem: string | null;
  readonly runningTurns: number;
  readonly waitingRequests: number;
  /** What Sage may do without asking. */
  readonly mode: PermissionMode;
  /** Whether the user trusts the workspace. */
  readonly trusted: boolean;
  /** What stands around commands; null while nobody has looked. */
  readonly protection: ProtectionResult | null;
}

/** Where features say what they are doing and the status bar reads it, without knowing one another. */
export class Activity {
  readonly changed = new Signal<ActivitySnapshot>();
  #snapshot: ActivitySnapshot = {
    server: 'idle',
    problem: null,
    runningTurns: 0,
    waitingRequests: 0,
    mode: 'ask',
    trusted: true,
    protection: null,
  };

  get snapshot(): ActivitySnapshot {
    return this.#snapshot;
  }

  update(change: Partial<ActivitySnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.changed.emit(this.#snapshot);
  }
}
