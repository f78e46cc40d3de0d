/** What the page shows, in the language of the editor. As in `vscode.l10n`, the English text is the key of the others. */
let bundle: Readonly<Record<string, string>> = {};
let locale = 'en';

/** Called once, before anything is drawn; `json` holds the other language's texts, and is absent where they are English. */
export function setLanguage(language: string, json: string | undefined): void {
  locale = language;
  bundle = json === undefined ? {} : (JSON.parse(json) as Record<string, string>);
}

/** The language of the texts, for numbers and dates. */
export function language(): string {
  return locale;
}

/** The text in the user's language, `{0}`, `{1}` … filled in. A test looks for the texts, so they are literals here. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  return (bundle[text] ?? text).replace(/\{(\d)\}/g, (hole, index) => `${values[index] ?? hole}`);
}

/** `1 file`, `{0} files`: the text for one, or the one for `count`, which is its `{0}`. */
export function plural(count: number, one: string, many: string, ...values: readonly (string | number)[]): string {
  return t(count === 1 ? one : many, count, ...values);
}

/** What stands before and behind `{0}`, where that is not text. */
export function around(text: string): readonly [before: string, behind: string] {
  const [before = '', behind = ''] = t(text).split('{0}');
  return [before, behind];
}
