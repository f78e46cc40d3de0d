/** A piece of a hover: Markdown, words, or code of a language. */
export type HoverPiece = string | { readonly value: string; readonly language?: string };

const LONGEST = 20_000;

/** What the editor would show, as Markdown. */
export function hoverText(hovers: readonly { readonly contents: readonly HoverPiece[] }[]): string {
  const pieces = hovers.flatMap(({ contents }) => contents.map(markdown)).filter((piece) => piece !== '');
  const text = [...new Set(pieces)].join('\n\n');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function markdown(piece: HoverPiece): string {
  if (typeof piece === 'string') {
    return piece.trim();
  }
  return piece.language === undefined ? piece.value.trim() : `\`\`\`${piece.language}\n${piece.value}\n\`\`\``;
}
