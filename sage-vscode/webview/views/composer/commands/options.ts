import type { Mention } from '../../../../src/protocol/bridge';
import type { CommandSummary, ResourceSummary } from '../../../../src/protocol/generated';
import { t } from '../../../l10n';
import type { ChatState } from '../../../state/chatState';
import { builtIns } from './builtIns';

/** One line of the list. */
export interface Option {
  /** Unlike that of any other option. */
  readonly key: string;
  /** What stands in the prompt for it, with its sign. */
  readonly text: string;
  readonly label: string;
  readonly description: string;
  readonly argumentHint?: string | undefined;
  /** The file it comes from; absent for what Sage brings. */
  readonly place?: string;
  /** A codicon. */
  readonly icon?: string;
  /** What is attached with it. */
  readonly mention?: Mention;
  /** It was found for the words before and only has the letters of these: something better may come. */
  readonly isGuess?: boolean;
}

/** What the words before the cursor ask for: a command, or something to point at. */
export interface Asked {
  readonly kind: 'command' | 'mention';
  /** The sign it began with. */
  readonly sign: string;
  readonly query: string;
}

/** Only at the very beginning, and only until something stands behind the name. */
const command = /^(\/)([\p{L}\p{Nd}_:-]*)$/u;

/** A word that begins with one of the signs. */
const mention = /(?:^|\s)([@#])([^\s@#]*)$/;

export function askedBy(before: string): Asked | null {
  for (const [kind, pattern] of [['command', command] as const, ['mention', mention] as const]) {
    const found = pattern.exec(before);
    if (found !== null) {
      return { kind, sign: found[1] ?? '', query: found[2] ?? '' };
    }
  }
  return null;
}

/** What begins like the words before what only holds them; a built-in before a file of its name. */
export function matching(known: readonly CommandSummary[], query: string): readonly Option[] {
  const own = new Set(builtIns().map(({ name }) => name));
  const all = [...builtIns(), ...known.filter(({ name }) => !own.has(name))];
  const wanted = query.toLowerCase();
  const rank = ({ name }: { readonly name: string }) => {
    const at = name.toLowerCase().indexOf(wanted);
    return at === 0 && name.length === wanted.length ? 0 : at === 0 ? 1 : at > 0 ? 2 : 3;
  };
  return all
    .filter((option) => rank(option) < 3)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .map(({ name, ...rest }) => ({ ...rest, key: name, text: `/${name}`, label: `/${name}` }));
}

const icons: Record<Mention['kind'], string> = {
  file: 'file',
  folder: 'folder',
  symbol: 'symbol-method',
  selection: 'selection',
  problems: 'warning',
  terminal: 'terminal',
  changes: 'diff',
};

const mostPointed = 50;

/** What can be pointed at: what the host has found for these words, then what servers have to read. */
export function pointed(
  found: ChatState['mentions'],
  resources: readonly ResourceSummary[],
  { sign, query }: Asked,
): readonly Option[] {
  const wanted = query.toLowerCase();
  return [
    ...(/^https?:\/\/./i.test(query) ? [page(query)] : []),
    ...(found.words === query ? found.items : stillMeant(found.items, wanted)).map((mention) => ({
      key: [mention.kind, mention.path ?? '', mention.lines?.[0] ?? '', mention.label].join(':'),
      text: `${sign}${isNamed(mention) ? mention.label : mention.kind}`,
      label: mention.label,
      description: mention.detail,
      icon: icons[mention.kind],
      mention,
      isGuess: found.words !== query && distance(mention, wanted) === farAway,
    })),
    ...resources
      .filter(({ server, uri, name }) => `${server}:${uri} ${name}`.toLowerCase().includes(wanted))
      .map(({ server, uri, name, description }) => ({
        key: `${server}:${uri}`,
        text: `@${server}:${uri}`,
        label: `${server}:${uri}`,
        description: description === undefined ? name : `${name} – ${description}`,
        icon: 'plug',
      })),
  ].slice(0, mostPointed);
}

const isNamed = ({ kind }: Mention) => kind === 'file' || kind === 'folder' || kind === 'symbol';

/** What was found for the words before must not be taken for what these mean: what does not fit goes, what fits well comes first. */
function stillMeant(items: readonly Mention[], wanted: string): readonly Mention[] {
  return items
    .filter((mention) => hasLetters(mention, wanted))
    .sort((a, b) => distance(a, wanted) - distance(b, wanted));
}

const farAway = 2;

/** How far its name is from the words: it begins with them, has them in it, or has no more than their letters. */
function distance({ kind, label }: Mention, wanted: string): number {
  const name = label.toLowerCase();
  return name.startsWith(wanted) || kind.startsWith(wanted) ? 0 : name.includes(wanted) ? 1 : farAway;
}

function hasLetters({ label, path }: Mention, wanted: string): boolean {
  let at = 0;
  for (const letter of `${label} ${path ?? ''}`.toLowerCase()) {
    at += letter === wanted[at] ? 1 : 0;
  }
  return at >= wanted.length;
}

const page = (address: string): Option => ({
  key: address,
  text: address,
  label: address,
  description: t('A page of the web: the model reads it with fetch_url'),
  icon: 'globe',
});
