/** The names that the styles know them by. */
const all = 'sage-find';
const here = 'sage-find-here';

/** Marks the words wherever they show inside an element, without changing what is in it; one of the places in a row stands out. */
export function markWords(
  scroller: HTMLElement,
  words: string,
  current: { row: Element; nth: number } | null,
): Range | null {
  const places: Range[] = [];
  let currentPlace: Range | null = null;
  let inCurrent = 0;
  for (const range of rangesOf(scroller, words.toLowerCase())) {
    places.push(range);
    if (current?.row.contains(range.startContainer)) {
      // What is written as Markdown can show fewer places than it has: the last one stands for the rest.
      if (inCurrent <= current.nth) {
        currentPlace = range;
      }
      inCurrent += 1;
    }
  }
  CSS.highlights?.set(all, new Highlight(...places));
  CSS.highlights?.set(here, new Highlight(...(currentPlace === null ? [] : [currentPlace])));
  return currentPlace;
}

export function clearMarks(): void {
  CSS.highlights?.delete(all);
  CSS.highlights?.delete(here);
}

function* rangesOf(root: HTMLElement, wanted: string): Generator<Range> {
  if (wanted.trim() === '') {
    return;
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = (node.nodeValue ?? '').toLowerCase();
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      yield range;
    }
  }
}
