import { expect, test, vi } from 'vitest';
import { HunkHovers } from '../../../../sage-vscode/src/features/review/hunkHovers';
import type { PendingHunk } from '../../../../sage-vscode/src/protocol/generated';
import { file, hunk } from './reviewParts';

vi.mock('vscode', async (original) => ({
  ...(await original<typeof import('../fakes/vscode')>()),
  workspace: { workspaceFolders: undefined, asRelativePath: (uri: { path: string }) => uri.path },
  MarkdownString: class {
    value = '';
    isTrusted: unknown = false;
    appendText(text: string) {
      this.value += text.replace(/[*_[\]()\\]/g, '\\$&');
      return this;
    }
    appendMarkdown(text: string) {
      this.value += text;
      return this;
    }
  },
  Hover: class {
    constructor(
      readonly contents: unknown,
      readonly range: unknown,
    ) {}
  },
}));

interface Shown {
  readonly contents: { readonly value: string; readonly isTrusted: { readonly enabledCommands: readonly string[] } };
  readonly range: string;
}

function hoverAt(line: number, prompt: string | undefined, ...hunks: readonly PendingHunk[]): Shown | null {
  const hovers = new HunkHovers({ find: () => file('/(app)/a.ts', ...hunks), promptOf: () => prompt });
  const document = {
    uri: { scheme: 'file', path: '/(app)/a.ts', fsPath: '/(app)/a.ts' },
    lineCount: 10,
    lineAt: (at: number) => ({ range: `line ${at}` }),
  };
  return hovers.provideHover(document as never, { line } as never) as unknown as Shown | null;
}

test('A changed line says which prompt changed it; no other line does', () => {
  const shown = hoverAt(3, 'Make it\nsafe', hunk('h', 3));
  expect(shown?.contents.value).toContain('Changed by Sage: Make it safe');
  expect(shown?.range).toBe('line 3');
  expect(hoverAt(4, 'Make it safe', hunk('h', 3))).toBeNull();
  expect(hoverAt(3, undefined, hunk('h', 3))).toBeNull();
});

test('A prompt is text there, and at most its beginning', () => {
  const shown = hoverAt(3, `[x](command:evil) ${'long '.repeat(200)}`, hunk('h', 3));
  expect(shown?.contents.value).toContain('\\[x\\]\\(command:evil\\)');
  expect(shown?.contents.value).toMatch(/…\n\n/);
  expect(shown?.contents.isTrusted.enabledCommands).toEqual([
    'sage.review.keepHunk',
    'sage.review.undoHunk',
    'sage.review.showInChat',
  ]);
});

test('Its links carry the change that they are about', () => {
  const it = hunk('h', 3);
  const links = [...(hoverAt(3, 'Fix it', it)?.contents.value ?? '').matchAll(/\((command:[^)]*)\)/g)].map(([, link]) =>
    decodeURIComponent(link as string),
  );
  expect(links).toEqual([
    `command:sage.review.keepHunk?${JSON.stringify(['/(app)/a.ts', it])}`,
    `command:sage.review.undoHunk?${JSON.stringify(['/(app)/a.ts', it])}`,
    `command:sage.review.showInChat?${JSON.stringify([it])}`,
  ]);
});
