/** What a file says that has no server yet. */
export const projectTemplate = `{
  "mcpServers": {
  }
}
`;

export const userTemplate = `{
  "mcp": {
    "servers": {
    }
  }
}
`;

/** The line that names a server, from 0 on; 0 where none does. */
export function lineOf(text: string, key: string): number {
  const name = JSON.stringify(key).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const servers = /"(?:mcpServers|servers)"\s*:/.exec(text);
  const from = servers === null ? 0 : servers.index + servers[0].length;
  const found = new RegExp(`${name}\\s*:`).exec(text.slice(from));
  return found === null ? 0 : text.slice(0, from + found.index).split('\n').length - 1;
}

/** Where the first server goes in a file that has none: behind the bracket of its list. */
export function lineForFirst(text: string): number {
  const servers = /"(?:mcpServers|servers)"\s*:\s*\{/.exec(text);
  return servers === null ? 0 : text.slice(0, servers.index).split('\n').length - 1;
}
