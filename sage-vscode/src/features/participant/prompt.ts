/** What the commands of the participant say to the model, before the words of the user. */
const orders: Readonly<Record<string, string>> = {
  explain: 'Explain this, and change nothing.',
  fix: 'Find the cause of this problem and fix it.',
  tests: 'Write tests for this in the way of the tests that are here, and run them.',
};

/** The words of a prompt; empty when it says nothing. */
export function wordsOf(command: string | undefined, prompt: string): string {
  return [orders[command ?? ''] ?? '', prompt.trim()].filter((words) => words !== '').join('\n\n');
}
