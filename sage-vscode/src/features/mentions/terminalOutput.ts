import * as vscode from 'vscode';
import { ChunkTail } from './chunkTail';
import { plainOutput } from './plainOutput';

/** A command that ran in a terminal, with what it wrote. */
export interface TerminalRun {
  readonly command: string;
  readonly output: string;
  /** Undefined while it runs, and where the shell does not say. */
  readonly exitCode: number | undefined;
}

/** Runs that are kept for each terminal: the last one is what people mean. */
interface Watched {
  readonly command: string;
  readonly tail: ChunkTail;
  exitCode?: number | undefined;
}

/** What the shells of the user's terminals ran last, where their shell integration tells it. Nothing of before Sage was there. */
export class TerminalOutput implements vscode.Disposable {
  readonly #runs = new Map<vscode.Terminal, Watched>();
  readonly #executions = new WeakMap<vscode.TerminalShellExecution, Watched>();
  readonly #parts: vscode.Disposable[];

  constructor() {
    this.#parts = [
      vscode.window.onDidStartTerminalShellExecution(
        ({ terminal, execution }) => void this.#watch(terminal, execution),
      ),
      vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
        const run = this.#executions.get(execution);
        if (run !== undefined) {
          run.exitCode = exitCode;
        }
      }),
      vscode.window.onDidCloseTerminal((terminal) => this.#runs.delete(terminal)),
    ];
  }

  /** What ran last in a terminal, the active one when none is named. */
  last(terminal = vscode.window.activeTerminal): TerminalRun | null {
    const run = terminal === undefined ? undefined : this.#runs.get(terminal);
    return run === undefined
      ? null
      : { command: run.command, output: plainOutput(run.tail.text), exitCode: run.exitCode };
  }

  dispose(): void {
    vscode.Disposable.from(...this.#parts).dispose();
  }

  async #watch(terminal: vscode.Terminal, execution: vscode.TerminalShellExecution): Promise<void> {
    const run: Watched = { command: execution.commandLine.value, tail: new ChunkTail() };
    this.#runs.set(terminal, run);
    this.#executions.set(execution, run);
    for await (const chunk of execution.read()) {
      run.tail.add(chunk);
    }
  }
}

/** As a terminal would show it, and how it ended. */
export function describeRun({ command, output, exitCode }: TerminalRun): string {
  return [`$ ${command}`, output, exitCode === undefined ? '' : `[exit code ${exitCode}]`]
    .filter((line) => line !== '')
    .join('\n');
}
