import type { ServerState } from '../protocol/bridge';
import { Signal } from './signal';

/** What Sage is doing, as the status bar shows it. */
export interface ActivitySnapshot {
  /** `idle`: no server has been needed yet. */
  readonly server: ServerState['kind'] | 'idle';
  readonly problem: string | null;
  readonly runningTurns: number;
  readonly waitingRequests: number;
}

/** Where features say what they are doing and the status bar reads it, without knowing one another. */
export class Activity {
  readonly changed = new Signal<ActivitySnapshot>();
  #snapshot: ActivitySnapshot = { server: 'idle', problem: null, runningTurns: 0, waitingRequests: 0 };

  get snapshot(): ActivitySnapshot {
    return this.#snapshot;
  }

  update(change: Partial<ActivitySnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.changed.emit(this.#snapshot);
  }
}
