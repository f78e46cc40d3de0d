import { AnsiUp } from 'ansi_up';

/**
 * Terminal output as safe nodes. Colours become classes (theme variables); the few that have no class, and bold or
 * italic, are set through the style object, because the page allows no style attributes.
 */
export function renderAnsi(text: string): DocumentFragment {
  const ansi = new AnsiUp();
  ansi.use_classes = true;
  ansi.url_allowlist = {};
  const html = ansi.ansi_to_html(settleLines(text)).replaceAll('<span style="', '<span data-ansi="');
  const template = document.createElement('template');
  template.innerHTML = html;
  for (const span of template.content.querySelectorAll<HTMLElement>('[data-ansi]')) {
    applyStyles(span, span.dataset.ansi ?? '');
    span.removeAttribute('data-ansi');
  }
  return template.content;
}

const allowed = new Set(['color', 'background-color', 'font-weight', 'font-style', 'opacity', 'text-decoration']);

function applyStyles(span: HTMLElement, styles: string): void {
  for (const style of styles.split(';')) {
    const [name = '', value = ''] = style.split(':');
    if (allowed.has(name)) {
      span.style.setProperty(name, value);
    }
  }
}

const escapeCharacter = '\u001b';
const controlSequence = new RegExp(`${escapeCharacter}\\[[0-9;?]*[A-HJKSTfhilnsu]`, 'g');

/** What a terminal would show in the end: a line that was returned over keeps its last text; cursor moves are dropped. */
function settleLines(text: string): string {
  return text
    .replace(controlSequence, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => lastPass(line.endsWith('\r') ? line.slice(0, -1) : line))
    .join('\n');
}

function lastPass(line: string): string {
  return line.slice(line.lastIndexOf('\r') + 1);
}
