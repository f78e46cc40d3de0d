/** Runs a command's body: an error is one clear line, and nothing we started stays behind. */
import { pathToFileURL } from 'node:url';
import { CommandFailed, stopAll } from './processes.mjs';

/** Whether a module is the program, not imported by one. */
export const isProgram = (meta) => Boolean(process.argv[1]) && meta.url === pathToFileURL(process.argv[1]).href;

export async function main(body) {
  let code = 1;
  try {
    code = (await body()) ?? 0;
  } catch (error) {
    console.error(error instanceof CommandFailed || !process.env.SAGE_TRACE ? `\n${error.message}` : error);
  }
  await stopAll();
  process.exit(code);
}
