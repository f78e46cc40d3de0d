/** Finds a webview by what is in it: several can be open, and their frames carry no names. */
import { until } from './wait.mjs';

/** The document of the webview that contains `selector`. */
export async function findWebview(page, selector, { timeout = 80_000 } = {}) {
  const outer = page.locator('iframe.webview.ready');
  return until(
    `a webview with ${selector}`,
    async () => {
      for (let index = 0; index < (await outer.count()); index++) {
        // The inner frame's name stays “pending-frame”, whichever document it shows: only the id tells.
        const inner = outer.nth(index).contentFrame().locator('iframe#active-frame').contentFrame();
        if (await inner.locator(selector).count()) return inner;
      }
      return null;
    },
    { timeout, every: 100 },
  );
}
