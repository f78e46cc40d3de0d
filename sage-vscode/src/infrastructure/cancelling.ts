import type { Release } from './signal';

/** The editor's way of saying that nobody wants an answer any more. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): Release;
}

/** Runs with a signal that is aborted when the token is cancelled. */
export async function withSignal<T>(token: Cancellation, run: (signal: AbortSignal) => T): Promise<Awaited<T>> {
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) {
    controller.abort();
  }
  try {
    return await run(controller.signal);
  } finally {
    subscription.dispose();
  }
}
