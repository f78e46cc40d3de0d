import { openFile } from '../state/commands';
import type { Store } from '../state/store';
import { placeInComment, placesIn } from './codePlaces';

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
    case 'apply':
      applyCode(store, button, text);
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

function applyCode(store: Store, button: HTMLElement, code: string): void {
  const frame = button.closest<HTMLElement>('.code-block');
  const { file } = frame?.dataset ?? {};
  const [, language = ''] = /\blanguage-(\S+)/.exec(frame?.querySelector('code')?.className ?? '') ?? [];
  const named = [file, placeInComment(code)].flatMap((place) => place ?? []);
  const nearby = placesIn(lineAbove(frame));
  store.send({ type: 'applyCode', code, language, named, nearby, mode: store.state.peek().mode });
}

/** The last line of what stands before a code block. */
function lineAbove(frame: Element | null): string {
  const above = frame?.previousElementSibling ?? frame?.closest('.markdown-block')?.previousElementSibling;
  return above?.textContent?.trim().split('\n').at(-1) ?? '';
}

/** The copy icon turns into a check mark for a moment. */
function confirm(button: HTMLElement): void {
  const icon = button.querySelector('.codicon');
  icon?.classList.replace('codicon-copy', 'codicon-check');
  setTimeout(() => icon?.classList.replace('codicon-check', 'codicon-copy'), shownMs);
}
