/** One output of a cell: what kind it is, and its text. */
export interface CellOutput {
  readonly mime: string;
  readonly text: string;
}

export interface Cell {
  /** 1-based, as people count. */
  readonly number: number;
  readonly language: string;
  readonly source: string;
  readonly outputs: readonly CellOutput[];
}

const ERROR = 'application/vnd.code.notebook.error';
const STREAMS = ['application/vnd.code.notebook.stdout', 'application/vnd.code.notebook.stderr'];

/** Output that says more than a model needs is cut: its end, where errors stand, is what stays. */
const LONGEST_OUTPUT = 8_000;

export function hasError({ outputs }: Cell): boolean {
  return outputs.some(({ mime }) => mime === ERROR);
}

/** A cell with what running it has brought, as far as it is text. */
export function describeCell({ number, language, source, outputs }: Cell): string {
  const texts = outputs.flatMap(({ mime, text }) =>
    mime === ERROR ? [readError(text)] : STREAMS.includes(mime) || mime === 'text/plain' ? [text.trimEnd()] : [],
  );
  const output = texts.filter((text) => text !== '').join('\n');
  const shown = output.length <= LONGEST_OUTPUT ? output : `…${output.slice(-LONGEST_OUTPUT)}`;
  return [`Cell ${number} (${language}):`, source, ...(shown === '' ? [] : ['', 'Output:', shown])].join('\n');
}

/** Colours of a terminal stand in the traces of Python. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they begin with
const COLOURS = /\u001b\[[\d;]*m/g;

function readError(json: string): string {
  try {
    const { name, message, stack } = JSON.parse(json) as { name?: string; message?: string; stack?: string };
    const line = [name, message].filter(Boolean).join(': ');
    return [line, stack ?? '']
      .filter((text) => text !== '')
      .join('\n')
      .replaceAll(COLOURS, '');
  } catch {
    return json;
  }
}
