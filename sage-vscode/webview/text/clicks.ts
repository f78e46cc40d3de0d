import { openFile } from '../state/commands';
import type { Store } from '../state/store';

/** One listener for all that Markdown can hold: code buttons, links to files, links to the web. */
export function handleMarkdownClick(store: Store, event: MouseEvent): void {
  if (!(event.target instanceof Element)) {
    return;
  }

  const action = event.target.closest<HTMLElement>('[data-action]');
  if (action !== null) {
    runCodeAction(store, action);
    return;
  }

  const file = event.target.closest<HTMLElement>('[data-path]');
  if (file?.dataset.path !== undefined) {
    const { path, line } = file.dataset;
    openFile(store, path, line === undefined ? undefined : Number(line));
    return;
  }

  const link = event.target.closest('a');
  if (link !== null) {
    // The editor's own handler would open it a second time.
    event.preventDefault();
    event.stopPropagation();
    const url = link.getAttribute('href') ?? '';
    if (/^https?:\/\//i.test(url)) {
      store.send({ type: 'openLink', url });
    }
  }
}

const shownMs = 1_500;

function runCodeAction(store: Store, button: HTMLElement): void {
  const text = button.closest('.code-block')?.querySelector('code')?.textContent ?? '';
  switch (button.dataset.action) {
    case 'copy':
      store.send({ type: 'copy', text });
      confirm(button);
      return;
    case 'insert':
      store.send({ type: 'insertAtCursor', text });
      return;
    case 'terminal':
      store.send({ type: 'pasteInTerminal', text });
      return;
    default:
  }
}

/** The copy icon turns into a check mark for a moment. */
function confirm(button: HTMLElement): void {
  const icon = button.querySelector('.codicon');
  icon?.classList.replace('codicon-copy', 'codicon-check');
  setTimeout(() => icon?.classList.replace('codicon-check', 'codicon-copy'), shownMs);
}
