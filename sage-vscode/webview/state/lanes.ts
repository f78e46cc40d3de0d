import type { ChatState, ToolItem } from './chatState';

/** Fewer calls than this need no lanes: the transcript shows one well. */
const fewest = 2;

/**
 * The calls of the running turn that run or wait at this moment, in call order; none when there are fewer than two. The same list
 * as long as the same calls are in it.
 */
export function makeLanes(): (state: ChatState) => readonly ToolItem[] {
  let known: readonly ToolItem[] = [];
  return ({ transcript: { items, live } }) => {
    const open: ToolItem[] = [];
    for (let at = items.length - 1; at >= 0; at--) {
      const item = items[at];
      if (item === undefined || (item.kind === 'user' && !item.isSteer)) {
        break;
      }
      if (
        item.kind === 'tool' &&
        (item.status === 'running' || item.status === 'waiting') &&
        !(item.id in live.settled)
      ) {
        open.unshift(item);
      }
    }
    const lanes = open.length < fewest ? [] : open;
    if (lanes.length !== known.length || lanes.some((lane, at) => lane !== known[at])) {
      known = lanes;
    }
    return known;
  };
}
