/** Waiting for what the page or the machine shows no event for. */

/** Asks until the answer is truthy, and answers it; after the deadline the last state is in the error. */
export async function until(what, ask, { timeout = 60_000, every = 50 } = {}) {
  const deadline = Date.now() + timeout;
  let problem;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      problem = undefined;
    } catch (error) {
      if (error.fatal) throw error;
      problem = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited ${timeout} ms for ${what}${problem ? `; last: ${problem.message}` : ''}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
