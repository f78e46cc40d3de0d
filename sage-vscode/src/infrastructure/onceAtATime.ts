/** Makes a function that does nothing while an earlier call of it is still going on. */
export function onceAtATime<Args extends readonly unknown[], Result>(
  run: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result | undefined> {
  let running = false;
  return async (...args) => {
    if (running) {
      return undefined;
    }
    running = true;
    try {
      return await run(...args);
    } finally {
      running = false;
    }
  };
}
