import type { Release } from '../infrastructure/signal';
import type { EventEnvelope, McpChangedParams } from '../protocol/generated';
import type { Send, ServerRequestHandler, ServerRequests } from './requests';

/** One life of the server process: from its start to its end, never restarted. */
export interface Connection {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly request: Send;
  onProgress(token: string, listener: (value: unknown) => void): Release;
}

export type ServerRequestHandlers = { readonly [M in keyof ServerRequests]: ServerRequestHandler<M> };

/** Whom a connection tells what happens on it. */
export interface ConnectionListener {
  event(envelope: EventEnvelope): void;
  mcpChanged(change: McpChangedParams): void;
  /** The process ended, or the stream broke, without having been asked to. */
  closed(): void;
}

/** Makes a connection, not yet started. Throws `ServerMissing` when there is nothing to start. */
export type Connect = (listener: ConnectionListener) => Connection;
