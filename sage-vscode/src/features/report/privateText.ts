/** Who somebody is. */
export interface Person {
  readonly home: string;
  readonly user: string;
  readonly machine: string;
}

/** The kinds of keys that the server knows too (`SecretRedaction`); it cannot help where it does not run. */
const KEYS =
  /\b(?:sk-[\w-]{16,}|AIza[\w-]{30,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,})|(?<=[Bb]earer\s)[\w.~+/-]{12,}=*|(?<=:\/\/[^\s/?#@:"']*:)[^\s/?#@"']+(?=@)/g;

const SHORTEST_NAME = 3;

/** Text for a report that the server did not write: without keys, the home folder, and the names of the user and the computer. */
export function privateText(text: string, { home, user, machine }: Person): string {
  const parts = home.split(/[\\/]/).filter((part) => part !== '');
  const folder = /^[\\/]/.test(home) ? ['', ...parts] : parts;
  const withoutKeys = text.replace(KEYS, '[secret]');
  const withoutHome =
    parts.length === 0 ? withoutKeys : withoutKeys.replace(word(folder.map(escaped).join('(?:\\\\{1,2}|/)')), '~');
  return withoutName(withoutName(withoutHome, user, '[user]'), machine, '[machine]');
}

function withoutName(text: string, name: string, replacement: string): string {
  return name.length < SHORTEST_NAME ? text : text.replace(word(escaped(name)), replacement);
}

const word = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}_])${pattern}(?![\\p{L}\\p{N}_])`, 'giu');

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
