import type { FilePart } from '../../../src/protocol/generated';
import { safeDecode } from '../../text/addresses';

const listTypes = ['application/vnd.code.uri-list', 'text/uri-list'];

/** The files of the editor or the desktop among what is dropped; their content is read by the server. */
export function filesIn(transfer: DataTransfer | null): FilePart[] {
  const list = listTypes.map((type) => transfer?.getData?.(type) ?? '').find((text) => text !== '') ?? '';
  return list.split(/\r?\n/).flatMap((line) => {
    const path = localPath(line.trim());
    return path === null ? [] : [{ type: 'file', path }];
  });
}

function localPath(address: string): string | null {
  if (!URL.canParse(address)) {
    return null;
  }
  const { protocol, pathname } = new URL(address);
  if (protocol !== 'file:' && protocol !== 'vscode-remote:') {
    return null;
  }
  const path = safeDecode(pathname);
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}
