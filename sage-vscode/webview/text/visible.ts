/**
 * What hides in text or turns it around: controls, marks of direction, characters without width, letters for tags. In what
 * the user decides about (a rule, a command, a path) they are shown by their number. What only colours an emoji stays.
 */
const hidden = /\r(?!\n)|(?![\r\n\t]|\ufe0e|\ufe0f)(?:\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point})/gu;

/** Text of others as it is, letter by letter. Line breaks and tabs stay. */
export function visible(text: string): string {
  return text.replace(hidden, (character) => `\u27e8U+${code(character)}\u27e9`);
}

/** The same on one line. */
export function visibleLine(text: string): string {
  return visible(text).replace(/\r?\n/g, ' \u23ce ').replaceAll('\t', ' ');
}

function code(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
