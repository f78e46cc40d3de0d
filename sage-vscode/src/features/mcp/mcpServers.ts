import { messageOf } from '../../infrastructure/errors';
import { Signal } from '../../infrastructure/signal';
import type { McpFailure } from '../../protocol/bridge';
import { type ListMcpServersResult, Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';

/** The MCP servers as the server process sees them. They are looked at when somebody does, and followed from then on. */
export class McpServers {
  readonly changed = new Signal<void>();
  #list: ListMcpServersResult | null = null;
  /** Which question counts: an answer to an earlier one may come later. */
  #asked = 0;

  constructor(
    private readonly server: Server,
    private readonly log: { error(message: string): void },
  ) {
    server.mcpChanged.subscribe(({ servers }) => servers && void this.refresh());
    server.stateChanged.subscribe(({ kind }) => {
      if (kind !== 'running') {
        this.#become(null);
      }
    });
  }

  /** Null while nobody has looked. */
  get list(): ListMcpServersResult | null {
    return this.#list;
  }

  /** Those that ended, did not start, or cannot be used as they are configured. */
  get failed(): readonly McpFailure[] {
    return (this.#list?.servers ?? [])
      .filter(({ state }) => state === 'failed')
      .map(({ name, reason = '' }) => ({ name, reason }));
  }

  /** Asks a server process that runs anyway; what is configured starts with it. */
  async refresh(): Promise<void> {
    if (this.server.state.kind === 'running') {
      await this.look();
    }
  }

  /** Asks, and starts the server process for it. */
  async look(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const list = await this.server.request(Methods.listMcpServers, {});
      if (asked === this.#asked) {
        this.#become(list);
      }
    } catch (error) {
      this.log.error(`Looking at the MCP servers: ${messageOf(error)}`);
    }
  }

  async start(server: string): Promise<void> {
    await this.server.request(Methods.startMcpServer, { server });
  }

  async stop(server: string): Promise<void> {
    await this.server.request(Methods.stopMcpServer, { server });
  }

  async restart(server: string): Promise<void> {
    await this.server.request(Methods.restartMcpServer, { server });
  }

  async setTool(server: string, tool: string, enabled: boolean): Promise<void> {
    try {
      await this.server.request(Methods.setMcpTool, { server, tool, enabled });
    } finally {
      // A box that could not be ticked goes back to what it was.
      await this.refresh();
    }
  }

  #become(list: ListMcpServersResult | null): void {
    this.#list = list;
    this.changed.emit();
  }
}
