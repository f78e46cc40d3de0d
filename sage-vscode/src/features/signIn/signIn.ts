import { McpSecrets, type SecretStorage } from './mcpSecrets';
import { openAddress } from './openAddress';

/** What the server asks of the editor for MCP servers that want to know who calls. */
export function signIn(secrets: SecretStorage) {
  const kept = new McpSecrets(secrets);
  return {
    'sage/mcp/openAddress': openAddress,
    'sage/mcp/readSecret': ({ name }: { readonly name: string }) => kept.read(name),
    'sage/mcp/writeSecret': kept.write.bind(kept),
  };
}
