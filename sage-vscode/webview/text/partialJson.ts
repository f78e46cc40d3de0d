/** Reads what it can from JSON that is still being written: the value of a string property, as far as it has come. */
export function partialString(json: string, name: string): string | null {
  const start = new RegExp(`"${name}"\\s*:\\s*"`).exec(json);
  return start === null ? null : decode(json, start.index + start[0].length);
}

/** The end of the property that is being written now, when it is one of `names`: what grows. */
export function growingString(json: string, names: readonly string[], keep: number): string | null {
  const last = names
    .map((name) => ({ at: json.lastIndexOf(`"${name}"`), name }))
    .reduce((best, next) => (next.at > best.at ? next : best), { at: -1, name: '' });
  if (last.at < 0) {
    return null;
  }
  const colon = /^"[^"]*"\s*:\s*"/.exec(json.slice(last.at, last.at + 80));
  if (colon === null) {
    return null;
  }
  // Decoding only the end keeps the work the same however long the text gets.
  const start = Math.max(last.at + colon[0].length, json.length - keep);
  return decode(json, start);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '',
  b: '',
  f: '',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

function decode(json: string, start: number): string {
  let text = '';
  for (let i = start; i < json.length; i++) {
    const character = json[i] ?? '';
    if (character === '"') {
      break;
    }
    if (character !== '\\') {
      text += character;
      continue;
    }
    const escaped = json[++i] ?? '';
    if (escaped === 'u') {
      const code = Number.parseInt(json.slice(i + 1, i + 5), 16);
      text += Number.isNaN(code) ? '' : String.fromCharCode(code);
      i += 4;
    } else {
      text += escapes[escaped] ?? '';
    }
  }
  return text;
}
