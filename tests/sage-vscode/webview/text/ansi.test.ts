// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { renderAnsi } from '../../../../sage-vscode/webview/text/ansi';

function draw(text: string): HTMLElement {
  const root = document.createElement('pre');
  root.append(renderAnsi(text));
  return root;
}

describe('Terminal output', () => {
  test('has the colours of the theme', () => {
    const span = draw('\u001b[31mred\u001b[0m plain').querySelector('span');
    expect(span?.className).toBe('ansi-red-fg');
    expect(span?.textContent).toBe('red');
  });

  test('never carries HTML or links', () => {
    const root = draw(
      '<img src=x onerror=alert(1)> \u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\ <span style="x">',
    );
    expect(root.querySelector('img, a')).toBeNull();
    expect(root.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(root.textContent).toContain('<span style="x">');
  });

  test('sets other styles through the style object only', () => {
    const span = draw('\u001b[1mbold\u001b[0m').querySelector('span');
    expect(span?.style.fontWeight).toBe('bold');
    expect(span?.hasAttribute('data-ansi')).toBe(false);
  });

  test('shows the last state of a line that was written over', () => {
    expect(draw('10%\r50%\r100%\nnext\r\n').textContent).toBe('100%\nnext\n');
  });

  test('drops cursor moves', () => {
    expect(draw('a\u001b[2K\u001b[1Gb\u001b[?25l').textContent).toBe('ab');
  });
});
