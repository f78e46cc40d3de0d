import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshot } from '../driver/screenshots.mjs';

scenario(
  'Ask Sage: Fix in the light bulb sends the real TypeScript problem, and the fix lands in the editor',
  async ({ page, workbench, chat, model }) => {
    await workbench.openFile('total.ts');
    await workbench.focusEditor();
    await workbench.goTo(2, 9);
    await page.locator('.squiggly-error').first().waitFor({ timeout: 80_000 });
    await workbench.openLightBulb('Ask Sage: Fix');
    await screenshot(page, 'light-bulb');
    await workbench.lightBulbEntry('Ask Sage: Fix').click();

    await chat.find();
    const [request] = await model.waitForRequests(1, { timeout: 80_000 });
    const asked = JSON.stringify(request.body.messages.at(-1));
    assert.match(asked, /not assignable to type 'number'/, "the prompt carries the language server's own message");
    assert.match(asked, /total\.ts/);

    await chat.part('approval-allow').click();
    await chat.turnEnded();
    await workbench.expectEditor(/const total: number = 42;/);
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  },
  {
    folder: 'sum',
    settings: { ...forPictures, 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
    files: {
      'total.ts': "export function sum(): number {\n  const total: number = 'forty-two';\n  return total;\n}\n",
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "noEmit": true } }\n',
    },
    script: {
      replies: [
        {
          steps: [
            {
              toolCall: 'edit_file',
              arguments: { path: 'total.ts', edits: [{ old_text: "'forty-two'", new_text: '42' }] },
            },
          ],
        },
        { text: 'A number is a number now.' },
      ],
    },
  },
);
