import type { InputPart } from '../../../src/protocol/generated';

/** Characters of a token, on average, in code and English; what stands in other scripts takes about one token a character. */
const charactersOfToken = 4;

/** What providers count for an image of a usual size. */
const tokensOfImage = 1_500;

/** About how many tokens a prompt has, as far as it is known here: files are read when it is sent. */
export function estimateTokens(words: string, attached: readonly InputPart[]): number {
  return attached.reduce((sum, part) => sum + tokensOf(part), tokensIn(words));
}

function tokensOf(part: InputPart): number {
  switch (part.type) {
    case 'image':
      return tokensOfImage;
    case 'file':
      return 0;
    default:
      return tokensIn(part.text);
  }
}

function tokensIn(text: string): number {
  const others = text.match(/[\u2e80-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  return Math.ceil((text.length - others) / charactersOfToken) + others;
}
