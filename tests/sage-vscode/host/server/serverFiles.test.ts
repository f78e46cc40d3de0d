import { expect, test } from 'vitest';
import { findRipgrep, findServer, ServerMissing } from '../../../../sage-vscode/src/server/serverFiles';

const places = { extensionPath: '/ext', configuredPath: '', platform: 'linux' } as const;
const only = (...paths: string[]) => {
  return (path: string) => paths.includes(path);
};

test('the configured executable wins over the bundled one', () => {
  expect(findServer({ ...places, configuredPath: '/dev/sage' }, only('/dev/sage', '/ext/server/sage'))).toBe(
    '/dev/sage',
  );
});

test('a configured executable that does not exist is an error, not a silent fallback', () => {
  expect(() => findServer({ ...places, configuredPath: '/gone' }, only('/ext/server/sage'))).toThrow(
    'sage.server.path',
  );
});

test("the executable is found inside the extension, else in the repository's build", () => {
  expect(findServer(places, only('/ext/server/sage', '/out/server/sage'))).toBe('/ext/server/sage');
  expect(findServer(places, only('/out/server/sage'))).toBe('/out/server/sage');
});

test('on Windows it ends in .exe', () => {
  expect(findServer({ ...places, platform: 'win32' }, only('/ext/server/sage.exe'))).toBe('/ext/server/sage.exe');
});

test('a missing executable says what to do', () => {
  expect(() => findServer(places, only())).toThrow(ServerMissing);
  expect(() => findServer(places, only())).toThrow('Install the build of Sage for this platform');
});

test("the editor's ripgrep is found in its new place, its old one, and beside an archive", () => {
  const found = (path: string) => findRipgrep('/app', 'linux', 'x64', only(path));
  for (const path of [
    '/app/node_modules/@vscode/ripgrep-universal/bin/linux-x64/rg',
    '/app/node_modules/@vscode/ripgrep/bin/rg',
    '/app/node_modules.asar.unpacked/@vscode/ripgrep/bin/rg',
  ]) {
    expect(found(path)).toBe(path);
  }
  expect(found('/usr/bin/rg')).toBeUndefined();
});
