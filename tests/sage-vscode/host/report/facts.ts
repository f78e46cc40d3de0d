import type { EditorFacts } from '../../../../sage-vscode/src/features/report/editorFacts';

/** An editor in which nothing happens. */
export const quiet: EditorFacts = {
  extensionVersion: '0.1.0',
  editor: 'Code 1.106.0 (desktop)',
  ui: 'desktop',
  remoteName: undefined,
  os: 'linux 6.1.0 x64',
  node: '22.0.0',
  trusted: true,
  workspaceFolders: 1,
  server: { kind: 'idle' },
  snapshot: null,
  settings: [],
};
