import { Signal } from '../../../../sage-vscode/src/infrastructure/signal';
import type { EventEnvelope, McpChangedParams } from '../../../../sage-vscode/src/protocol/generated';
import type { Send, Server } from '../../../../sage-vscode/src/server/requests';

interface Waiting {
  readonly method: string;
  readonly params: unknown;
  readonly signal: AbortSignal | undefined;
  readonly answer: (result: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** A server whose answers the test gives, one by one. */
export class FakeServer implements Server {
  state: Server['state'] = { kind: 'running' };
  readonly stateChanged = new Signal<Server['state']>();
  readonly events = new Signal<EventEnvelope>();
  readonly mcpChanged = new Signal<McpChangedParams>();
  readonly waiting: Waiting[] = [];

  readonly request: Send = ((method: string, params: unknown, signal?: AbortSignal) =>
    new Promise((answer, fail) => {
      this.waiting.push({ method, params, signal, answer, fail });
    })) as Send;

  onProgress() {
    return { dispose: () => {} };
  }

  become(state: Server['state']): void {
    this.state = state;
    this.stateChanged.emit(state);
  }

  /** The oldest unanswered request of this method, taken off the list. */
  take(method: string): Waiting {
    const index = this.waiting.findIndex((request) => request.method === method);
    const [request] = index < 0 ? [] : this.waiting.splice(index, 1);
    if (request === undefined) {
      throw new Error(`${method} was not requested; waiting: ${this.waiting.map((other) => other.method).join(', ')}`);
    }
    return request;
  }
}

/** Lets everything that is ready run. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export function coded(code: number): Error {
  return Object.assign(new Error('Refused.'), { code });
}
