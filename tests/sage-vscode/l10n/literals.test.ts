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

/** Texts that are looked up while the module is loaded: before the page has its bundle. */
function early(value: unknown): readonly Node[] {
  if (Array.isArray(value)) {
    return value.flatMap(early);
  }
  if (!isNode(value) || /Function|MethodDefinition/.test(value.type)) {
    return [];
  }
  const { name } = (value.callee ?? {}) as { readonly name?: string };
  const isCall = value.type === 'CallExpression' && /^(t|plural|around)$/.test(name ?? '');
  return [...(isCall ? [value] : []), ...Object.values(value).flatMap(early)];
}

function inThePanel(find: (code: string) => readonly Node[]): readonly string[] {
  const root = path.join(extensionRoot, 'webview');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  return files.flatMap((name) => {
    const code = readFileSync(path.join(root, name), 'utf8');
    return find(code).map(({ start }) => `${name}: ${code.slice(start, start + 60).trim()}`);
  });
}

test('the panel has no words of its own: all of them can be translated', () => {
  expect(inThePanel(literalsIn)).toEqual([]);
});

test('no text is looked up before there is a bundle', () => {
  const find = (code: string) => early(parseAst(code, { lang: 'tsx' }));
  expect(find("const a = { b: [t('Now')] }; const c = () => t('Later');")).toHaveLength(1);
  expect(inThePanel(find)).toEqual([]);
});
