import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { extensionRoot, readJson, sourceFiles } from './sourceFiles';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly menus: Record<
      string,
      readonly { readonly command?: string; readonly submenu?: string; readonly group?: string }[]
    >;
    readonly keybindings: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Record<string, { readonly scope?: string }> };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly markdown: string } }[] }[];
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}

const manifest = readJson<Manifest>('package.json');
const strings = readJson<Record<string, string>>('package.nls.json');
const { contributes } = manifest;
const code = sourceFiles()
  .map((file) => file.text)
  .join('\n');
const declared = contributes.commands.map(({ command }) => command);

test('every declared command is registered, and every registered one declared', () => {
  const constants = new Map([...code.matchAll(/const (\w+) = '(sage\.\w+)'/g)].map(([, name, id]) => [name, id]));
  const registered = [...code.matchAll(/(?:registerCommand|\bregister)\(\s*(?:'([\w.]+)'|(\w+))/g)].map(
    ([, id, constant]) => id ?? constants.get(constant),
  );
  expect(registered.sort()).toEqual([...declared].sort());
});

test('menus and keys name declared commands, all of one category', () => {
  const named = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].flatMap((entry) =>
    entry.command === undefined ? [] : [entry.command],
  );
  expect(named.filter((command) => !declared.includes(command))).toEqual([]);
  expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['Sage']));
});

test('the title bar of the view leads to a new session, to others and to the settings', () => {
  const inTitle = contributes.menus['view/title']?.filter(({ group }) => group?.startsWith('navigation'));
  expect(inTitle?.map(({ command }) => command)).toEqual(['sage.newSession', 'sage.showHistory', 'sage.openSettings']);
});

test('every string is there, and none is left over', () => {
  const used = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key]) => key);
  expect([...new Set(used)].sort()).toEqual(Object.keys(strings).sort());
});

test('endpoints, executables and permissions cannot be set by a workspace', () => {
  const { properties } = contributes.configuration;
  for (const setting of ['sage.baseUrl', 'sage.server.path', 'sage.telemetry.otlpEndpoint', 'sage.defaultMode']) {
    expect(properties[setting]?.scope).toBe('machine');
  }
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  expect(restrictedConfigurations.filter((setting) => !(setting in properties))).toEqual([]);
  expect(restrictedConfigurations).toEqual(expect.arrayContaining(['sage.provider', 'sage.model', 'sage.baseUrl']));
});

test('no setting holds a key', () => {
  expect(Object.keys(contributes.configuration.properties).filter((name) => /key|token|secret/i.test(name))).toEqual(
    [],
  );
});

test('the pictures and pages that are named exist', () => {
  const pages = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown));
  const missing = [...pages, 'media/sage.svg', 'media/icon.png'].filter(
    (file) => !existsSync(path.join(extensionRoot, file)),
  );
  expect(missing).toEqual([]);
});

test('every sentence of the code can be translated: the bundle holds it', () => {
  const sentences = [...code.matchAll(/l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/g)].map(([, single, double]) =>
    (single ?? double ?? '').replaceAll("\\'", "'"),
  );
  const bundle = readJson<Record<string, string>>('l10n', 'bundle.l10n.json');
  expect([...new Set(sentences)].sort()).toEqual(Object.keys(bundle).sort());
});
