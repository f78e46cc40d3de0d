/** Asks axe what a person with a screen reader, without a mouse or with weak eyes could not use. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../commands/places.mjs';

const axe = readFileSync(path.join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** The serious and critical problems in a webview, a line each. */
export async function seriousProblems(frame) {
  const found = await frame.locator('body').evaluate(async (_body, source) => {
    // biome-ignore lint/security/noGlobalEval: the page's own policy forbids a script element
    globalThis.eval(source);
    const { violations, incomplete } = await globalThis.axe.run(document, {
      resultTypes: ['violations', 'incomplete'],
    });
    // Text in the very colour of its surface is hidden on purpose, as far as axe can tell. Nothing of ours is.
    const isInvisible = ({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio');
    const invisible = incomplete.map((rule) => ({ ...rule, nodes: rule.nodes.filter(isInvisible) }));
    return [...violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'), ...invisible];
  }, axe);
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
