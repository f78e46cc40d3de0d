import { useEffect, useMemo, useState } from 'preact/hooks';
import type { CommandSummary, ResourceSummary } from '../../../../src/protocol/generated';
import { useSelect, useStore } from '../../storeContext';
import { builtIns } from './builtIns';

/** One line of the list. */
export interface CommandOption {
  readonly name: string;
  /** What stands before the name. */
  readonly sign?: '@';
  readonly description: string;
  readonly argumentHint?: string | undefined;
  /** The file it comes from; absent for what Sage brings. */
  readonly place?: string;
}

export interface CommandCompletion {
  readonly options: readonly CommandOption[];
  readonly active: number;
  readonly setActive: (index: number) => void;
  readonly accept: (option: CommandOption) => void;
  /** Takes the keys that are the list's; answers whether it did. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
}

/** Only at the very beginning, and only until something stands behind the name. */
const typed = /^\/([\p{L}\p{Nd}_:-]*)$/u;

/** Where the words end with an `@` and the beginning of what a server has to read. */
const mentioned = /(?:^|\s)@([\w-]*(?::\S*)?)$/;

/** What can be meant by a slash and the beginning of a name; no options when nothing, or when the user has closed the list. */
export function useCommandList(): CommandCompletion {
  const store = useStore();
  const known = useSelect((state) => state.commands);
  const resources = useSelect((state) => state.resources);
  const draft = store.draft.value;
  const command = typed.exec(draft)?.[1] ?? null;
  const mention = command === null ? (mentioned.exec(draft)?.[1] ?? null) : null;
  const query = command ?? mention;
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const asked = command !== null ? 'listCommands' : mention !== null ? 'listResources' : null;
  // Files may have changed since the last time, and servers have come.
  useEffect(() => {
    if (asked !== null && store.state.peek().server.kind !== 'stopped') {
      store.send({ type: asked });
    }
  }, [asked, store]);
  // Closed for these words only: the same ones, written anew, open it again.
  useEffect(() => {
    setClosedAt((closed) => (closed === draft ? closed : null));
  }, [draft]);
  // Other words, other options: the first is the best again.
  useEffect(() => setActive(0), [query]);
  const options = useMemo(() => {
    if (command !== null) {
      return matching(known, command);
    }
    return mention === null ? [] : pointed(resources, mention);
  }, [known, resources, command, mention]);
  const shown = closedAt === draft ? [] : options;
  const accept = ({ sign, name }: CommandOption) =>
    store.setDraft(
      sign === undefined ? `/${name} ` : `${draft.slice(0, draft.length - (mention ?? '').length)}${name} `,
    );

  const onKeyDown = (event: KeyboardEvent): boolean => {
    const option = shown[Math.min(active, shown.length - 1)];
    const isPlain = !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey);
    // Keys that belong to an input method, and those of an empty list, are not ours.
    if (option === undefined || !isPlain || event.isComposing || event.keyCode === 229) {
      return false;
    }
    switch (event.key) {
      case 'ArrowDown':
        setActive((active + 1) % shown.length);
        break;
      case 'ArrowUp':
        setActive((active - 1 + shown.length) % shown.length);
        break;
      case 'Escape':
        setClosedAt(draft);
        break;
      case 'Enter':
        // The whole name is there: now it is sent.
        if (option.name === query) {
          return false;
        }
        accept(option);
        break;
      case 'Tab':
        accept(option);
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { options: shown, active: Math.min(active, Math.max(0, shown.length - 1)), setActive, accept, onKeyDown };
}

const mostPointed = 50;

/** What servers have to read whose name or address holds the words. */
function pointed(resources: readonly ResourceSummary[], query: string): readonly CommandOption[] {
  const wanted = query.toLowerCase();
  return resources
    .filter(({ server, uri, name }) => `${server}:${uri} ${name}`.toLowerCase().includes(wanted))
    .slice(0, mostPointed)
    .map(({ server, uri, name, description }) => ({
      sign: '@',
      name: `${server}:${uri}`,
      description: description === undefined ? name : `${name} – ${description}`,
    }));
}

/** What begins like the words before what only holds them; a built-in before a file of its name. */
export function matching(known: readonly CommandSummary[], query: string): readonly CommandOption[] {
  const brought = builtIns();
  const own = new Set(brought.map(({ name }) => name));
  const all: CommandOption[] = [...brought, ...known.filter(({ name }) => !own.has(name))];
  const wanted = query.toLowerCase();
  const rank = ({ name }: CommandOption) => {
    const at = name.toLowerCase().indexOf(wanted);
    return at === 0 && name.length === wanted.length ? 0 : at === 0 ? 1 : at > 0 ? 2 : 3;
  };
  return all.filter((option) => rank(option) < 3).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
