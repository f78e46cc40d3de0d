import type { ExcerptSource, InputPart } from '../../protocol/generated';

/** What a reference in a prompt of the editor's chat points at. Its value is one of several kinds, told apart by their shape. */
export interface Reference {
  readonly id: string;
  readonly value: unknown;
  readonly modelDescription?: string | undefined;
}

interface Uri {
  readonly scheme: string;
  readonly fsPath: string;
  readonly path: string;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Place;
  readonly end: Place;
}

/** The editor, for what a reference does not say itself. */
export interface ReferenceReader {
  pathOf(uri: Uri): string;
  /** The text of a document, unsaved changes included. */
  read(uri: Uri, range?: Range): Promise<string>;
}

const MOST_TEXT = 50_000;
const MOST_IMAGE = 5 * 1024 * 1024;
const images: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** What the user attached, in the words of the protocol. What cannot be read any more, or by no model, is left out. */
export async function inputOf(references: readonly Reference[], reader: ReferenceReader): Promise<InputPart[]> {
  const parts = await Promise.all(references.map((reference) => part(reference, reader).catch(() => null)));
  const found = parts.filter((each) => each !== null);
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

async function part(reference: Reference, reader: ReferenceReader): Promise<InputPart | null> {
  const { id, value, modelDescription } = reference;
  if (typeof value === 'string') {
    return shown(id, modelDescription ?? id, value);
  }
  if (isUri(value)) {
    return value.scheme === 'file'
      ? { type: 'file', path: reader.pathOf(value) }
      : shown(id, value.path, await reader.read(value));
  }
  if (isLocation(value)) {
    return selection(value.uri, value.range, reader);
  }
  return isImage(value) ? image(value) : null;
}

async function selection(uri: Uri, range: Range, reader: ReferenceReader): Promise<InputPart | null> {
  const text = await reader.read(uri, range);
  if (uri.scheme !== 'file') {
    return shown('', uri.path, text);
  }
  const { start, end } = range;
  // A selection of whole lines ends at the beginning of the next one.
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  return { type: 'selection', path: reader.pathOf(uri), startLine: start.line + 1, endLine: last, text: cut(text) };
}

const sources: readonly (readonly [RegExp, ExcerptSource])[] = [
  [/terminal/i, 'terminal'],
  [/problem|diagnostic|marker/i, 'problems'],
  [/scm|git|change|commit/i, 'changes'],
  [/test/i, 'test'],
];

/** Text that the editor showed: as what it is where that can be told, else as words with a title. */
function shown(id: string, title: string, text: string): InputPart | null {
  if (text.trim() === '') {
    return null;
  }
  const source = sources.find(([pattern]) => pattern.test(id))?.[1];
  return source === undefined
    ? { type: 'text', text: `${title}:\n\n${cut(text)}` }
    : { type: 'excerpt', source, title, text: cut(text) };
}

async function image({ mimeType, data }: Image): Promise<InputPart | null> {
  const bytes = images.has(mimeType) ? await data() : null;
  return bytes !== null && bytes.length <= MOST_IMAGE
    ? { type: 'image', mediaType: mimeType, data: Buffer.from(bytes).toString('base64') }
    : null;
}

const cut = (text: string) =>
  text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT)}\n[… the rest is left out]`;

function isUri(value: unknown): value is Uri {
  return typeof value === 'object' && value !== null && 'scheme' in value && 'fsPath' in value;
}

function isLocation(value: unknown): value is { readonly uri: Uri; readonly range: Range } {
  return typeof value === 'object' && value !== null && 'range' in value && 'uri' in value && isUri(value.uri);
}

interface Image {
  readonly mimeType: string;
  data(): PromiseLike<Uint8Array>;
}

function isImage(value: unknown): value is Image {
  return typeof value === 'object' && value !== null && 'mimeType' in value && 'data' in value;
}
