import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { extensionRoot } from '../host/sourceFiles';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const shown = new Set(['aria-label', 'title', 'placeholder', 'label', 'alt']);
const isName = (text: string) => text.trim() === 'Sage';
const hasWords = (text: unknown) => typeof text === 'string' && /\p{L}{2}/u.test(text) && !isName(text);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function nodesIn(value: unknown): readonly Node[] {
  const inside = Array.isArray(value) ? value : isNode(value) ? Object.values(value) : [];
  return [...(isNode(value) ? [value] : []), ...inside.flatMap((part) => nodesIn(part))];
}

/** What an expression can come to: its literals, but not those that a function gets. */
function resultsOf(value: unknown): readonly Node[] {
  if (!isNode(value)) {
    return [];
  }
  switch (value.type) {
    case 'ConditionalExpression':
      return [value.consequent, value.alternate].flatMap(resultsOf);
    case 'LogicalExpression':
      return [value.left, value.right].flatMap(resultsOf);
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
      return resultsOf(value.expression);
    default:
      return [value];
  }
}

function isUntranslated(node: Node): boolean {
  const pieces = nodesIn(node.quasis).map(({ value }) => (value as { readonly raw?: string } | undefined)?.raw);
  return hasWords(node.value) || (node.type === 'TemplateLiteral' && pieces.some(hasWords));
}

function literalsIn(code: string): readonly Node[] {
  return nodesIn(parseAst(code, { lang: 'tsx' })).flatMap((node) => {
    switch (node.type) {
      case 'JSXText':
        return isUntranslated(node) ? [node] : [];
      case 'JSXAttribute':
        return shown.has((node.name as { readonly name: string }).name)
          ? resultsOf(node.value).filter(isUntranslated)
          : [];
      case 'JSXElement':
      case 'JSXFragment':
        return (node.children as readonly Node[])
          .filter(({ type }) => type === 'JSXExpressionContainer')
          .flatMap(resultsOf)
          .filter(isUntranslated);
      default:
        return [];
    }
  });
}

test('what has words of its own is found', () => {
  const code = `const a = <p title={\`in \${b}\`}>{c ? 'Yes' : t('No')}{d && 'Or'} then <i alt="one" class="two" /></p>;`;
  expect(literalsIn(code)).toHaveLength(5);
});

test('the panel has no words of its own: all of them can be translated', () => {
  const root = path.join(extensionRoot, 'webview');
  const views = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const found = views.flatMap((name) => {
    const code = readFileSync(path.join(root, name), 'utf8');
    return literalsIn(code).map(({ start }) => `${name}: ${code.slice(start, start + 60).trim()}`);
  });
  expect(found).toEqual([]);
});
