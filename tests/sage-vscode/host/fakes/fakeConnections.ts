import type { Connect, Connection, ConnectionListener } from '../../../../sage-vscode/src/server/connection';

export interface FakeConnection extends Connection {
  readonly listener: ConnectionListener;
  readonly sent: { method: string; params: unknown }[];
  stopped: boolean;
}

/** Makes connections that a test can crash; `startResults` says how the next starts go, all well when empty. */
export class FakeConnections {
  readonly made: FakeConnection[] = [];
  readonly startResults: (Error | null)[] = [];
  failure: Error | null = null;

  readonly connect: Connect = (listener) => {
    if (this.failure !== null) {
      throw this.failure;
    }
    const result = this.startResults.shift() ?? null;
    const connection: FakeConnection = {
      listener,
      sent: [],
      stopped: false,
      start: () => (result === null ? Promise.resolve() : Promise.reject(result)),
      stop: async () => {
        connection.stopped = true;
      },
      request: (async (method: string, params: unknown) => {
        connection.sent.push({ method, params });
        return {};
      }) as Connection['request'],
      onProgress: () => ({ dispose: () => {} }),
    };
    this.made.push(connection);
    return connection;
  };

  get last(): FakeConnection {
    const last = this.made.at(-1);
    if (last === undefined) {
      throw new Error('No connection was made.');
    }
    return last;
  }
}
