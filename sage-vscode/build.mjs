/** Bundles the extension host and the chat webview into dist/. `--dev` keeps the code readable. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: !process.argv.includes('--dev'),
  sourcemap: true,
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
};

rmSync(path.join(root, 'dist'), { recursive: true, force: true });

const bundles = await Promise.all([
  build({
    ...common,
    // The client of the language server is two thirds of the code; it is loaded when a server starts, not with the window.
    entryPoints: { extension: 'src/extension.ts', languageConnection: 'src/server/languageConnection.ts' },
    outdir: 'dist',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', './languageConnection.js'],
    // Class names are what a log line of a failed assertion shows.
    keepNames: true,
  }),
  build({
    ...common,
    entryPoints: { main: 'webview/main.tsx' },
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'es2023',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // The virtual list is written for React; Preact's own compatibility layer stands in.
    alias: {
      react: 'preact/compat',
      'react-dom': 'preact/compat',
      'react/jsx-runtime': 'preact/jsx-runtime',
    },
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  }),
]);

// What the bundles are made of, for the list of licences; it is not shipped itself.
const inputs = new Set(bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
writeFileSync(path.join(root, 'dist', 'inputs.json'), JSON.stringify([...inputs].sort()));
