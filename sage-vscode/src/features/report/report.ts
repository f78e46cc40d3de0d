import { messageOf } from '../../infrastructure/errors';
import { type EditorFacts, textOf } from './editorFacts';
import { type Person, privateText } from './privateText';
import { reportWithoutServer } from './reportText';
import type { Answer } from './runReport';

/** Where the parts of a report come from. */
export interface ReportSources {
  readonly facts: EditorFacts;
  readonly person: Person;
  /** The server's program; throws when there is none. */
  findServer(): string;
  run(executable: string, text: string): Promise<Answer>;
}

/** The whole report: written by the server's program, which knows more and hides better, else by the editor alone. */
export async function writeReport(sources: ReportSources): Promise<string> {
  const { facts, person } = sources;
  const editor = textOf(facts);
  const answer = await ask(sources, editor);
  return 'report' in answer
    ? answer.report
    : reportWithoutServer(privateText(answer.failure, person), privateText(editor, person));
}

async function ask({ findServer, run }: ReportSources, text: string): Promise<Answer> {
  try {
    return await run(findServer(), text);
  } catch (error) {
    return { failure: messageOf(error) };
  }
}
