import type { Store } from '../../state/store';

/** Long enough that no key pressed before the card appeared can answer it. */
export const focusDelayMs = 250;

/**
 * Moves the focus to a card, unless that would take it away from someone: words in the composer, another field or
 * card, another part of the editor, or a card that is out of sight (Enter must never allow what nobody has read).
 */
export function offerFocus(store: Store, target: HTMLElement | null): void {
  const page = target?.ownerDocument;
  if (!target || !page?.hasFocus() || store.draft.peek() !== '' || !isVisible(target)) {
    return;
  }
  const active = page.activeElement;
  const isFree = active === null || active === page.body || active.getAttribute('data-testid') === 'composer-input';
  if (isFree) {
    target.focus({ preventScroll: true });
  }
}

/** After an answer: back to the composer, and on to the next card once the key is surely up again. */
export function focusNextCard(store: Store): void {
  const page = document;
  page.querySelector<HTMLElement>('[data-testid="composer-input"]')?.focus({ preventScroll: true });
  setTimeout(() => offerFocus(store, page.querySelector<HTMLElement>('[data-card-focus]')), focusDelayMs);
}

function isVisible(target: HTMLElement): boolean {
  const frame = target.closest('[data-scroller]')?.getBoundingClientRect();
  const box = target.getBoundingClientRect();
  return frame === undefined || (box.bottom <= frame.bottom + 1 && box.top >= frame.top - 1);
}
