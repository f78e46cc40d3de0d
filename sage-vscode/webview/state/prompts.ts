import type { InputPart } from '../../src/protocol/generated';

/** The words of a prompt, without what is attached. */
export function wordsOf(input: readonly InputPart[]): string {
  return input.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
}

/** As the user attached it: a file is read again when it is sent again. */
export function asAttached(part: InputPart): InputPart {
  return part.type === 'selection' && part.wholeFile === true ? { type: 'file', path: part.path } : part;
}

/** The same prompt with other words. */
export function withWords(input: readonly InputPart[], words: string): InputPart[] {
  return [{ type: 'text', text: words }, ...input.filter((part) => part.type !== 'text')];
}
