import { t } from '../l10n';
import { safeDecode } from './addresses';
import { isShell, languageLabel } from './highlight';
import { parsePlace } from './paths';

/** Adds what the sanitiser would not let a model write: buttons on code, links to files, frames that scroll. */
export function decorate(fragment: DocumentFragment): void {
  for (const pre of fragment.querySelectorAll('pre')) {
    frameCode(pre);
  }
  for (const code of fragment.querySelectorAll('code')) {
    if (code.closest('pre') === null && code.closest('a') === null) {
      linkPlace(code, code.textContent ?? '');
    }
  }
  for (const link of fragment.querySelectorAll('a')) {
    settleLink(link);
  }
  for (const table of fragment.querySelectorAll('table')) {
    const frame = element('div', 'table-frame');
    frame.tabIndex = 0;
    table.replaceWith(frame);
    frame.append(table);
  }
}

function frameCode(pre: HTMLElement): void {
  const code = pre.querySelector('code');
  const language = /^language-(\S+)/.exec(code?.className ?? '')?.[1] ?? '';
  const head = element('div', 'code-head');
  const label = element('span', 'code-language');
  label.textContent = language === '' ? t('Text') : languageLabel(language);
  head.append(label, codeButton('copy', 'copy', t('Copy')), codeButton('insert', 'insert', t('Insert at cursor')));
  head.append(
    isShell(language)
      ? codeButton('terminal', 'terminal', t('Paste in terminal'))
      : codeButton('apply', 'git-stash-apply', t('Apply to a file')),
  );
  const frame = element('div', 'code-block');
  if (code?.title) {
    label.textContent += ` · ${code.title}`;
    frame.dataset.file = code.title;
    code.removeAttribute('title');
  }
  pre.tabIndex = 0;
  pre.replaceWith(frame);
  frame.append(head, pre);
}

function codeButton(action: string, icon: string, label: string): HTMLElement {
  const button = element('button', 'icon-button');
  button.setAttribute('type', 'button');
  button.setAttribute('aria-label', label);
  button.title = label;
  button.dataset.action = action;
  const glyph = element('span', `codicon codicon-${icon}`);
  glyph.setAttribute('aria-hidden', 'true');
  button.append(glyph);
  return button;
}

function linkPlace(code: HTMLElement, text: string): void {
  const place = parsePlace(text);
  if (place !== null) {
    const button = fileButton(place.path, place.line);
    code.replaceWith(button);
    button.append(code);
  }
}

/** Web links keep their address; a link to a file becomes a button; anything else loses its link and stays as text. */
function settleLink(link: HTMLAnchorElement): void {
  const address = link.getAttribute('href') ?? '';
  if (/^https?:\/\//i.test(address)) {
    link.title = address;
    return;
  }
  const place = parsePlace(safeDecode(address));
  const replacement = place === null ? element('span', '') : fileButton(place.path, place.line);
  replacement.append(...link.childNodes);
  link.replaceWith(replacement);
}

function fileButton(path: string, line: number | undefined): HTMLElement {
  const button = element('button', 'file-link');
  button.setAttribute('type', 'button');
  button.title = t('Open {0}', path);
  button.dataset.path = path;
  if (line !== undefined) {
    button.dataset.line = `${line}`;
  }
  return button;
}

function element(tag: string, className: string): HTMLElement {
  const created = document.createElement(tag);
  created.className = className;
  return created;
}
