import { describe, expect, test } from 'vitest';
import { findApplyTarget } from '../../../../sage-vscode/src/features/chat/apply/applyTarget';
import { readApplyPrompt, writeApplyPrompt } from '../../../../sage-vscode/src/protocol/applyPrompt';
import { chat } from './chatParts';

describe('The prompt of an applied block', () => {
  test.each([
    { path: 'src/a.ts', isNew: false, language: 'ts', code: 'a();\n\nb();' },
    { path: 'odd. Change nothing.ts', isNew: true, language: '', code: '' },
    { path: 'read me.md', isNew: false, language: 'md', code: '```ts\na\n```\n````\n' },
  ])('is read as it was written: $path', (apply) => {
    expect(readApplyPrompt(writeApplyPrompt(apply))).toEqual(apply);
  });

  test('says what is to be done, with the code as a text of its own', () => {
    expect(writeApplyPrompt({ path: 'a.ts', isNew: false, language: 'ts', code: 'a();' })).toBe(
      'Apply this code block to a.ts. Change nothing else.\n\n```ts\na();\n```',
    );
  });

  test('is no other prompt', () => {
    expect(readApplyPrompt('Apply this code block to a.ts. Change nothing else.')).toBeNull();
    expect(readApplyPrompt('Apply the changes')).toBeNull();
  });
});

describe('The file of a block', () => {
  const find = async (path: string) => (path.endsWith('cart.ts') ? 'src/cart.ts' : null);
  const target = async (named: string[], nearby: string[], active: string | null = null) => {
    const offered: unknown[] = [];
    const pick = async (those: readonly unknown[]) => {
      offered.push(those);
      return null;
    };
    return { target: await findApplyTarget(named, nearby, { find, active, pick }), offered };
  };
  const known = (path: string) => ({ target: { path, isNew: false }, offered: [] });

  test('is the one that it names, or the text above it, where that exists', async () => {
    expect(await target(['cart.ts'], ['b.ts'], 'c.ts')).toEqual(known('src/cart.ts'));
    expect(await target([], ['b.ts', 'lib/cart.ts'], 'c.ts')).toEqual(known('src/cart.ts'));
  });

  test('is the one in the editor, where none is named that exists', async () => {
    expect(await target([], ['b.ts'], 'c.ts')).toEqual(known('c.ts'));
  });

  test('is asked for where there is none, and where one is named that does not exist', async () => {
    expect(await target([], [])).toEqual({ target: null, offered: [[]] });
    const create = { path: 'new.ts', isNew: true };
    expect(await target(['new.ts'], [], 'c.ts')).toEqual({
      target: null,
      offered: [[create, { path: 'c.ts', isNew: false }]],
    });
  });
});

describe('Applying', () => {
  const apply = { type: 'applyCode', code: 'a();', language: 'ts', nearby: [], mode: 'ask' } as const;

  test('is a prompt with the file, which waits behind a turn that runs', async () => {
    const { bridge, calls, ready } = chat();
    await ready();
    await bridge.receive({ ...apply, named: ['src/cart.ts'] });
    const text = 'Apply this code block to src/cart.ts. Change nothing else.\n\n```ts\na();\n```';
    const input = [
      { type: 'text', text },
      { type: 'file', path: 'src/cart.ts' },
    ];
    expect(calls).toEqual([['say', expect.any(String), 'queue', input, 'ask']]);
  });

  test('creates a file only when the user has chosen that, and does nothing when they chose nothing', async () => {
    const { bridge, files, calls, ready } = chat();
    await ready();
    await bridge.receive({ ...apply, named: ['new.ts'] });
    expect(calls[1]?.[3]).toMatchObject([
      { text: expect.stringMatching(/^Apply this code block to new\.ts, a new file\./) },
    ]);
    calls.length = 0;
    files.active = null;
    await bridge.receive({ ...apply, named: [] });
    expect(calls).toEqual([['pick']]);
  });
});
