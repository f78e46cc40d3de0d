/** A file, or a folder with what is in it. The shape of the editor's own file trees. */
export interface FileNode {
  name: string;
  children?: FileNode[];
}

/** The files of a workspace as a tree. What lies outside of it has no place there. */
export function fileTree(paths: Iterable<string>): FileNode[] {
  const root: FileNode[] = [];
  for (const path of paths) {
    if (!isOutside(path)) {
      place(root, path.split('/'));
    }
  }
  return root;
}

export function isOutside(path: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:|\.\.(?:\/|$))/.test(path);
}

function place(nodes: FileNode[], [name = '', ...below]: readonly string[]): void {
  let node = nodes.find((other) => other.name === name);
  if (node === undefined) {
    node = { name };
    nodes.push(node);
  }
  if (below.length > 0) {
    node.children ??= [];
    place(node.children, below);
  }
}
