import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';
import { appears } from '../driver/workbench.mjs';

scenario(
  'Fix Test sends what was expected of a failed test, and offers to run the failed tests again when the turn has ended',
  async ({ page, workbench, chat, workspace, model }) => {
    await workbench.openFile('sum.spec.txt');
    const row = page.locator('.test-output-peek-tree .monaco-list-row', { hasText: 'the sum is wrong' }).last();
    await until('the test to fail', async () => {
      await workbench.runCommand('Test: Run All Tests');
      await workbench.runCommand('Test Results: Focus on Test Results View');
      return appears(row, 5_000);
    });
    await row.hover();
    await row.locator('[aria-label="Fix Test with Sage"]').click();

    await chat.find();
    const [{ body }] = await model.waitForRequests(1);
    const sent = JSON.stringify(body.messages.at(-1));
    assert.match(sent, /Fix the failing test “cart > adds prices”/);
    assert.match(sent, /Failed at: sum\.spec\.txt:1\\nMessage:\\nthe sum is wrong\\nExpected:\\n3\\nActual:\\n4/);
    assert.match(sent, /path=\\"sum\.spec\.txt\\"/);
    await chat.part('approval-allow').click();
    await chat.turnEnded();
    assert.match(workspace.read('sum.spec.txt'), /1 \+ 2 = 3/);

    const done = await workbench.notification('Sage is done with the failing test.');
    await done.locator('.monaco-button', { hasText: 'Run Failed Tests Again' }).click();
    await page.locator('.test-output-peek-tree .codicon-testing-passed-icon').first().waitFor();
  },
  {
    files: { 'sum.spec.txt': '1 + 2 = 4\n' },
    script: {
      replies: [
        {
          steps: [
            {
              toolCall: 'edit_file',
              arguments: { path: 'sum.spec.txt', edits: [{ old_text: '= 4', new_text: '= 3' }] },
            },
          ],
        },
        { text: 'The sum was wrong.' },
      ],
    },
    timeout: 300_000,
  },
);
