import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { extensionRoot, readJson, sourceFiles } from './sourceFiles';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly menus: Record<
      string,
      readonly {
        readonly command?: string;
        readonly submenu?: string;
        readonly group?: string;
        readonly when?: string;
      }[]
    >;
    readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[];
    readonly viewsWelcome: readonly { readonly view: string }[];
    readonly views: Record<string, readonly { readonly id: string }[]>;
    readonly keybindings: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Record<string, { readonly scope?: string }> };
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
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
  const inTitle = contributes.menus['view/title']?.filter(
    ({ group, when }) => when === 'view == sage.chat' && group?.startsWith('navigation'),
  );
  expect(inTitle?.map(({ command }) => command)).toEqual(['sage.newSession', 'sage.showHistory', 'sage.openSettings']);
});

test('every string is there, and none is left over', () => {
  const used = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key]) => key);
  expect([...new Set(used)].sort()).toEqual(Object.keys(strings).sort());
});

/** What a stranger's repository may set: how much of Sage is seen in the editor. */
const harmless = ['sage.codeActions.enabled', 'sage.codeLenses.enabled', 'sage.review.codeLenses'];

test('what names an address, a program, an environment, a permission or money is of the machine, whatever a workspace says', () => {
  const { properties } = contributes.configuration;
  const telling =
    /url|endpoint|host|proxy|path|program|executable|command|shell|env|permission|mode|allow|sandbox|trust|provider|model|price|budget|server$/i;
  const wrong = Object.entries(properties)
    .filter(([name, { scope }]) => telling.test(name.replace(/^sage\./, '')) && !/^machine/.test(scope ?? ''))
    .map(([name]) => name);
  // How much of what is said on standard input and output is logged; nothing but a word of four can be set.
  expect(wrong).toEqual(['sage.trace.server']);
});

test('a workspace that is not trusted sets nothing that is not known to be harmless', () => {
  const { properties } = contributes.configuration;
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  const open = Object.keys(properties).filter((name) => !restrictedConfigurations.includes(name));
  expect(open.sort()).toEqual(harmless);
  expect(restrictedConfigurations.filter((name) => !(name in properties))).toEqual([]);
});

test('the walkthrough begins with connecting a model, and ticks that off when it was done', () => {
  const [connect] = contributes.walkthroughs[0]?.steps ?? [];
  expect(connect?.id).toBe('connect');
  expect(connect?.completionEvents).toEqual(['onCommand:sage.connectModel']);
  expect(strings['walkthrough.connect.description']).toContain('(command:sage.connectModel)');
});

test('no setting holds a key', () => {
  expect(
    Object.keys(contributes.configuration.properties).filter((name) => /key|token(?!s)|secret/i.test(name)),
  ).toEqual([]);
});

test('the pictures and pages that are named exist', () => {
  const pages = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown));
  const missing = [...pages, 'media/sage.svg', 'media/icon.png'].filter(
    (file) => !existsSync(path.join(extensionRoot, file)),
  );
  expect(missing).toEqual([]);
});

test('files with servers are checked by schemas that are there and packaged', () => {
  expect(contributes.jsonValidation.map(({ fileMatch }) => fileMatch)).toEqual(['.mcp.json', '**/.sage/settings.json']);
  for (const { url } of contributes.jsonValidation) {
    expect(readJson<{ type: string }>(url).type).toBe('object');
  }
  expect(readFileSync(path.join(extensionRoot, '.vscodeignore'), 'utf8')).toContain('!schemas/*.json');
});

test('an empty view says what to do with commands that there are', () => {
  const known = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));
  expect(contributes.viewsWelcome.map(({ view }) => view).filter((view) => !known.includes(view))).toEqual([]);
  const commands = [...(strings['welcome.mcp'] ?? '').matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id);
  expect(commands.filter((id) => !declared.includes(id ?? ''))).toEqual([]);
  expect(commands).toHaveLength(2);
});
