/** What the editor knows of a test that failed, as far as its runner has said it. */
export interface Failure {
  /** From the outermost suite to the test. */
  readonly names: readonly string[];
  readonly message?: string | undefined;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
  /** `path:line` of where it failed. */
  readonly at?: string | undefined;
  readonly stack?: readonly string[];
}

const MOST_FRAMES = 20;

/** What a model reads of it. */
export function describeFailure({ names, message, expected, actual, at, stack = [] }: Failure): string {
  const block = (title: string, text: string | undefined) => (text === undefined ? [] : [`${title}:`, text]);
  const line = (title: string, text: string | undefined) => (text === undefined ? [] : [`${title}: ${text}`]);
  return [
    `Test: ${names.join(' > ')}`,
    ...line('Failed at', at),
    ...block('Message', message?.trim()),
    ...block('Expected', expected),
    ...block('Actual', actual),
    ...block('Stack', stack.length === 0 ? undefined : stack.slice(0, MOST_FRAMES).join('\n')),
  ].join('\n');
}
