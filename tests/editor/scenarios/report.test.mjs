import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { scenario } from '../driver/scenario.mjs';

scenario(
  'A report opens as a text to read, with the versions and without the key',
  async ({ page, workbench, editor }) => {
    await workbench.runCommand('Sage: Report an Issue');
    await page.locator('.tab.active[data-resource-name^="sage-report-"]').waitFor({ timeout: 60_000 });
    await (await workbench.notification('Read it before you share it')).waitFor();
    await workbench.expectEditor(/# Report on Sage/);
    await workbench.expectEditor(/version +sage \d+\.\d+\.\d+/);

    const report = reportIn(editor.state.userData);
    assert.match(report, /extension: +sage \d+\.\d+\.\d+/, 'the editor has added what it knows');
    assert.match(report, /sage\.baseUrl: "http:\/\/127\.0\.0\.1:1\/v1"/);
    // The first is a key of the environment, see HermeticState.
    for (const secret of ['sk-from-environment', 'planted', editor.state.home]) {
      assert.ok(!report.includes(secret), `${secret} is in the report`);
    }
  },
  { settings: { 'sage.provider': 'openai', 'sage.baseUrl': 'http://me:planted@127.0.0.1:1/v1?key=planted' } },
);

/** The editor shows only the lines that fit. */
function reportIn(userData) {
  const [file] = readdirSync(userData, { recursive: true }).filter((name) =>
    /[\\/]sage-report-[^\\/]*\.md$/.test(name),
  );
  return readFileSync(path.join(userData, file), 'utf8');
}
