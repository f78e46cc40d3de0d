import type { Done, ReadMcpSecretResult, WriteMcpSecretParams } from '../../protocol/generated';

const prefix = 'sage.mcp.';

/** The part of the editor's SecretStorage that is needed. */
export interface SecretStorage {
  get(name: string): Thenable<string | undefined>;
  store(name: string, value: string): Thenable<void>;
  delete(name: string): Thenable<void>;
}

/** What the server keeps for MCP servers: in a corner of its own, so that it never gets at keys of models. */
export class McpSecrets {
  constructor(private readonly secrets: SecretStorage) {}

  async read(name: string): Promise<ReadMcpSecretResult> {
    const value = await this.secrets.get(prefix + name);
    return value === undefined ? {} : { value };
  }

  async write({ name, value }: WriteMcpSecretParams): Promise<Done> {
    await (value === undefined ? this.secrets.delete(prefix + name) : this.secrets.store(prefix + name, value));
    return {};
  }
}
