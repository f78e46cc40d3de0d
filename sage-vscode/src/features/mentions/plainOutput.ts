const esc = '\\u001b';
/** Titles and the like up to their end, then colours and movements, then what is shorter; each also when it is cut off. */
const sequences = new RegExp(
  `${esc}(?:\\][^\\u0007${esc}]*(?:\\u0007|${esc}\\\\)?|\\[[0-?]*[ -/]*[@-~]?|[PX^_][^${esc}]*(?:${esc}\\\\)?|[ -/]*[0-~])`,
  'g',
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: likewise
const takenBack = /[^\u0008]\u0008/g;

/** What a terminal was told, as a person would have read it: without colours, and with lines as they were overwritten. */
export function plainOutput(text: string): string {
  return text.replace(sequences, '').replace(/\r+\n/g, '\n').split('\n').map(overwritten).join('\n').trim();
}

/** A backspace takes a character back; a carriage return begins the line anew. */
function overwritten(line: string): string {
  let shown = line;
  for (let before = ''; before !== shown; ) {
    before = shown;
    shown = shown.replace(takenBack, '');
  }
  return shown
    .split('\r')
    .reduce((before, after) => after + before.slice(after.length), '')
    .replace(unseen, '')
    .trimEnd();
}
