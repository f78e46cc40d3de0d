/** The editor's way of saying that nobody wants an answer any more. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** Runs with a signal that is aborted when the token is cancelled. */
export async function withSignal<T>(token: Cancellation, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
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
