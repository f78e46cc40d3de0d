import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';
import { until } from '../driver/wait.mjs';

const files = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "noEmit": true } }\n',
  'cart.ts':
    'export function total(prices: number[]): number {\n  return prices.reduce((sum, price) => sum + price, 0);\n}\n',
  'main.ts': [
    "import { total } from './cart';",
    '',
    'export const price: number = total([1, 2]);',
    "export const label: number = 'price';",
    '',
  ].join('\n'),
};
const at = { path: 'main.ts', line: 3, symbol: 'total' };
const call = (tool, input) => ({ toolCall: tool, arguments: input });
const script = {
  replies: [
    {
      steps: [
        call('go_to_definition', at),
        call('find_references', at),
        call('hover', at),
        call('document_symbols', { path: 'cart.ts' }),
        call('diagnostics', {}),
      ],
    },
    {
      steps: [
        call('edit_file', {
          path: 'main.ts',
          edits: [{ old_text: 'price: number = total', new_text: 'price: string = total' }],
        }),
      ],
    },
    // The editor may take longer than the result of the edit waits: then the next request has what it says.
    { steps: [call('run_command', { command: 'sleep 2' })] },
    { steps: [call('rename_symbol', { path: 'cart.ts', line: 1, symbol: 'total', new_name: 'totalPrice' })] },
    { text: 'Everything has its name now.' },
  ],
};

const said = (request) => JSON.stringify(request.body.messages);

scenario(
  'The model asks the real TypeScript server, reads what its edit breaks, and renames a symbol in two files, which one click undoes',
  async ({ page, workbench, chat, workspace, model }) => {
    await workbench.openFile('main.ts');
    await page.locator('.squiggly-error').first().waitFor({ timeout: 80_000 });
    await chat.open();
    await chat.send('Look around, change the type and rename it');

    const [, second] = await model.waitForRequests(2, { timeout: 80_000 });
    assert.match(said(second), /`total` is defined in:\\n\\ncart\.ts\\n1: export function total/);
    assert.match(
      said(second),
      /3 references to `total`, in 2 files:\\n\\ncart\.ts\\n1: [^"]*main\.ts\\n1: [^"]*\\n3: /,
    );
    assert.match(said(second), /function total\(prices: number\[\]\): number/, 'hovering tells the type');
    assert.match(said(second), /1-3 function total/, 'the outline');
    assert.match(said(second), /main\.ts:4 error ts\(2322\): Type 'string' is not assignable to type 'number'/);

    await chat.part('approval-allow').click();
    const [, , , fourth] = await model.waitForRequests(4, { timeout: 80_000 });
    assert.match(said(fourth), /main\.ts:3 error ts\(2322\): Type 'number' is not assignable to type 'string'/);
    assert.equal(said(fourth).split('main.ts:4 error').length, 2, 'what was wrong before is no news');

    await chat.part('approval').filter({ hasText: 'rename_symbol(cart.ts, main.ts)' }).waitFor();
    assert.match(workspace.read('cart.ts'), /function total\(/, 'nothing is renamed before the approval');
    await chat.part('approval-allow').click();
    await chat.turnEnded();
    assert.match(workspace.read('cart.ts'), /function totalPrice\(/);
    assert.match(workspace.read('main.ts'), /import \{ totalPrice \}[\s\S]*string = totalPrice\(/);
    await workbench.expectEditor(/string = totalPrice\(/);

    await chat.part('changed-files').filter({ hasText: '2 files to review' }).waitFor();
    await chat.part('undo-all').click();
    await until('both files as they were', () =>
      ['cart.ts', 'main.ts'].every((name) => workspace.read(name) === files[name]),
    );
    assert.deepEqual(await model.violations(), []);
  },
  { files, script, folder: 'shop', timeout: 240_000 },
);
