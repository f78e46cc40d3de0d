import type { Item, ReplyItem, ToolItem, Transcript } from './chatState';

/** A transcript being folded: copied once a batch, then changed in place. */
export type Draft = { -readonly [K in keyof Transcript]: Transcript[K] } & { items: Item[] };

export function push(draft: Draft, before: Transcript, item: Item): void {
  own(draft, before);
  draft.items.push(item);
}

/** Copies the items before the first change of a batch. */
function own(draft: Draft, before: Transcript): void {
  if (draft.items === before.items) {
    draft.items = [...before.items];
  }
}

/** A reply stands where it is first mentioned, before its calls. */
export function updateReply(
  draft: Draft,
  before: Transcript,
  id: string,
  change: (reply: ReplyItem) => ReplyItem,
): void {
  const known = findLast(draft.items, 'reply', id);
  if (known === undefined) {
    push(draft, before, change({ kind: 'reply', id, text: '', reasoning: '', stopReason: null }));
  } else {
    replace(draft, before, known, change(known));
  }
}

export function updateTool(draft: Draft, before: Transcript, id: string, change: (tool: ToolItem) => ToolItem): void {
  const known = findTool(draft, id);
  if (known !== undefined) {
    replace(draft, before, known, change(known));
  }
}

/** One in the background goes on beside later turns. */
export function updateSubagent(
  draft: Draft,
  before: Transcript,
  id: string,
  change: (tool: ToolItem) => ToolItem,
): void {
  const known = draft.items.findLast((item) => item.kind === 'tool' && item.id === id);
  if (known?.kind === 'tool') {
    replace(draft, before, known, change(known));
  }
}

export function replace(draft: Draft, before: Transcript, old: Item, item: Item): void {
  if (old !== item) {
    own(draft, before);
    draft.items[draft.items.lastIndexOf(old)] = item;
  }
}

export function findTool(draft: Draft, id: string): ToolItem | undefined {
  return findLast(draft.items, 'tool', id);
}

export function isOpen(draft: Draft, callId: string): boolean {
  const status = findTool(draft, callId)?.status;
  return status === 'running' || status === 'waiting';
}

/** From the end, and never past the start of the last turn: what changes is always of the running turn. */
export function findLast<K extends Item['kind']>(
  items: readonly Item[],
  kind: K,
  id: string,
): Extract<Item, { kind: K }> | undefined {
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i];
    if (item?.kind === kind && item.id === id) {
      return item as Extract<Item, { kind: K }>;
    }
    if (item?.kind === 'user' && !item.isSteer) {
      return undefined;
    }
  }
  return undefined;
}
