import { execFile } from 'node:child_process';
import { messageOf } from '../../infrastructure/errors';

const PATIENCE_MS = 15_000;
const LARGEST_ANSWER = 8 * 1024 * 1024;
const MOST_SAID = 500;

/** What `sage report` printed, or why there is nothing. */
export type Answer = { readonly report: string } | { readonly failure: string };

/** Runs `sage report --with -`, which gets the text on its standard input. Never fails: a report is wanted when much else does. */
export function runReport(executable: string, text: string, patienceMs = PATIENCE_MS): Promise<Answer> {
  return new Promise((resolve) => {
    const done = (error: Error | null, stdout: string, stderr: string) => {
      if (error === null && stdout.trim() !== '') {
        resolve({ report: stdout });
      } else {
        resolve({ failure: failureOf(error, stderr, patienceMs) });
      }
    };
    try {
      const options = {
        timeout: patienceMs,
        killSignal: 'SIGKILL',
        maxBuffer: LARGEST_ANSWER,
        windowsHide: true,
      } as const;
      const child = execFile(executable, ['report', '--with', '-'], { ...options, encoding: 'utf8' }, done);
      // It may be gone, or not want all of it; its end says so.
      child.stdin?.on('error', () => {});
      child.stdin?.end(text);
    } catch (error) {
      resolve({ failure: messageOf(error) });
    }
  });
}

function failureOf(
  error: (Error & { killed?: boolean; code?: unknown }) | null,
  stderr: string,
  patienceMs: number,
): string {
  if (error === null) {
    return 'It printed nothing.';
  }
  if (error.killed === true && error.code === null) {
    return `It did not end within ${patienceMs / 1000} s.`;
  }
  const said = stderr.trim().slice(0, MOST_SAID);
  return typeof error.code === 'number' ? `It ended with exit code ${error.code}. ${said}`.trim() : error.message;
}
