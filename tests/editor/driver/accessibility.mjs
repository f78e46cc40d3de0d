/** Asks axe what a person with a screen reader, without a mouse or with weak eyes could not use. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../commands/places.mjs';
import { screenshotInThemes } from './screenshots.mjs';
import { inEachTheme } from './themes.mjs';

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

/** Nobody is kept out in any kind of theme. */
export async function assertReadable(context, what) {
  await inEachTheme(context, async (theme) =>
    assert.deepEqual(await seriousProblems(context.chat.frame), [], `${what}, ${theme}`),
  );
}

/** In every kind of theme, and in the narrowest panel: everything is readable, and nothing is cut off. */
export async function assertCardFits(context, part, picture) {
  for (const width of [260, 470]) {
    await context.workbench.widenSideBar(width);
    const cut = await context.chat.part(part).evaluate((card) => card.scrollWidth - card.clientWidth);
    assert.equal(cut, 0, `nothing is cut off at ${width} pixels`);
    await assertReadable(context, `${width} pixels wide`);
  }
  await screenshotInThemes(context, picture);
}
