import type { Item, ReplyItem, ToolItem } from './chatState';

/** One line of the list: an item, several quiet calls folded together, or the tail (what is not an event yet). */
export type Row =
  | { readonly kind: 'item'; readonly key: string; readonly item: Exclude<Item, ToolItem> }
  | { readonly kind: 'tool'; readonly key: string; readonly tool: ToolItem }
  | { readonly kind: 'group'; readonly key: string; readonly tools: readonly ToolItem[] }
  | { readonly kind: 'tail'; readonly key: 'tail' };

const tail: Row = { kind: 'tail', key: 'tail' };

const quietTools = new Set(['read_file', 'list_directory', 'glob', 'grep', 'command_output', 'diagnostics']);

/** A call that only looks: one line when it went well, and no hook had anything to say to it. */
export function isQuiet(tool: ToolItem): boolean {
  return quietTools.has(tool.name) && tool.hooks === undefined;
}

/** Rows keep their identity while what they show does, so that nothing else is drawn again. */
export function makeRowBuilder(): (items: readonly Item[]) => readonly Row[] {
  let known = new Map<string, Row>();
  return (items) => {
    const next = new Map<string, Row>();
    for (const row of layOut(items)) {
      const old = known.get(row.key);
      next.set(row.key, old !== undefined && sameRow(old, row) ? old : row);
    }
    known = next;
    return [...next.values(), tail];
  };
}

function* layOut(items: readonly Item[]): Generator<Row> {
  let quiet: ToolItem[] = [];
  for (const item of items) {
    if (item.kind === 'tool' && isQuiet(item)) {
      quiet.push(item);
      continue;
    }
    if (item.kind === 'reply' && isSilent(item)) {
      continue;
    }
    yield* foldQuiet(quiet);
    quiet = [];
    yield item.kind === 'tool' ? toolRow(item) : { kind: 'item', key: `${item.kind}:${item.id}`, item };
  }
  yield* foldQuiet(quiet);
}

/** A run of quiet calls is folded once all of it went well: nothing moves away while it is being watched. */
function* foldQuiet(tools: readonly ToolItem[]): Generator<Row> {
  const [first] = tools;
  if (first !== undefined && tools.length > 1 && tools.every((tool) => tool.status === 'ok')) {
    yield { kind: 'group', key: `group:${first.id}`, tools };
  } else {
    yield* tools.map(toolRow);
  }
}

function toolRow(tool: ToolItem): Row {
  return { kind: 'tool', key: `tool:${tool.id}`, tool };
}

function isSilent(reply: ReplyItem): boolean {
  return reply.stopReason !== null && reply.text.trim() === '' && reply.reasoning.trim() === '';
}

function sameRow(left: Row, right: Row): boolean {
  if (left.kind === 'item' && right.kind === 'item') {
    return left.item === right.item;
  }
  if (left.kind === 'tool' && right.kind === 'tool') {
    return left.tool === right.tool;
  }
  if (left.kind === 'group' && right.kind === 'group') {
    return left.tools.length === right.tools.length && left.tools.every((tool, i) => tool === right.tools[i]);
  }
  return false;
}
