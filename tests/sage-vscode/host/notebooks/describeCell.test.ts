import { expect, test } from 'vitest';
import { describeCell, hasError } from '../../../../sage-vscode/src/features/notebooks/describeCell';

const error = {
  mime: 'application/vnd.code.notebook.error',
  text: JSON.stringify({ name: 'NameError', message: "name 'x' is not defined", stack: '\u001b[0;31mLine 1\u001b[0m' }),
};
const cell = { number: 2, language: 'python', source: 'print(x)' };

test('a cell is told with its error, without the colours of a terminal', () => {
  const failed = { ...cell, outputs: [error] };
  expect(describeCell(failed)).toBe(
    "Cell 2 (python):\nprint(x)\n\nOutput:\nNameError: name 'x' is not defined\nLine 1",
  );
  expect(hasError(failed)).toBe(true);
});

test('text stays, pictures and pages do not', () => {
  const outputs = [
    { mime: 'image/png', text: '\u0089PNG' },
    { mime: 'text/html', text: '<table>' },
    { mime: 'text/plain', text: '4\n' },
    { mime: 'application/vnd.code.notebook.stderr', text: 'a warning\n' },
  ];
  expect(describeCell({ ...cell, outputs })).toBe('Cell 2 (python):\nprint(x)\n\nOutput:\n4\na warning');
  expect(hasError({ ...cell, outputs })).toBe(false);
});

test('of long output the end stays', () => {
  const outputs = [{ mime: 'text/plain', text: `${'x'.repeat(20_000)}the end` }];
  const text = describeCell({ ...cell, outputs });
  expect(text).toMatch(/Output:\n…x+the end$/);
  expect(text.length).toBeLessThan(8_200);
});

test('a cell that was not run has no output', () => {
  expect(describeCell({ ...cell, outputs: [] })).toBe('Cell 2 (python):\nprint(x)');
});
