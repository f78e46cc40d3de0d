import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** The server's executable is not where it should be; the message says what to do. */
export class ServerMissing extends Error {}

export interface Places {
  readonly extensionPath: string;
  /** `sage.server.path`; empty when not set. */
  readonly configuredPath: string;
  readonly platform: NodeJS.Platform;
}

/** The executable to run: the configured one, else the one that came with the extension, else the repository's build. */
export function findServer(places: Places, exists: (path: string) => boolean = existsSync): string {
  if (places.configuredPath !== '') {
    if (exists(places.configuredPath)) {
      return places.configuredPath;
    }
    throw new ServerMissing(
      vscode.l10n.t(
        'The setting "sage.server.path" names {0}, which does not exist. Correct or clear it.',
        places.configuredPath,
      ),
    );
  }
  const name = places.platform === 'win32' ? 'sage.exe' : 'sage';
  const bundled = join(places.extensionPath, 'server', name);
  const built = join(places.extensionPath, '..', 'out', 'server', name);
  const found = [bundled, built].find((path) => exists(path));
  if (found === undefined) {
    throw new ServerMissing(
      vscode.l10n.t(
        'The Sage server is missing ({0}). Install the build of Sage for this platform, or point "sage.server.path" at a server.',
        bundled,
      ),
    );
  }
  return found;
}

/** The editor's own ripgrep, so that searching needs nothing installed. Its place has moved between versions. */
export function findRipgrep(
  appRoot: string,
  platform: NodeJS.Platform,
  arch: string,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  const name = platform === 'win32' ? 'rg.exe' : 'rg';
  const relative = [
    join('@vscode', 'ripgrep-universal', 'bin', `${platform}-${arch}`, name),
    join('@vscode', 'ripgrep', 'bin', name),
  ];
  return ['node_modules', 'node_modules.asar.unpacked']
    .flatMap((modules) => relative.map((path) => join(appRoot, modules, path)))
    .find((path) => exists(path));
}
