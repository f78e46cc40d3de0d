import type { FromWebview, Mention, Sight } from '../../protocol/bridge';
import type {
  ChatHooks,
  ChatMcp,
  ChatMemory,
  ChatMentions,
  ChatSessions,
  ChatSights,
  ChatSubagents,
  Post,
} from './ports';

const types = [
  'findMentions',
  'listCommands',
  'listResources',
  'show',
  'showHooks',
  'showMcp',
  'showMemory',
  'showSubagents',
  'takeMention',
] as const;

type SightsMessage = Extract<FromWebview, { type: (typeof types)[number] }>;

/** Whether a message is for what the user wants to see or point at. */
export function isSight(message: FromWebview): message is SightsMessage {
  return (types as readonly string[]).includes(message.type);
}

export interface SightsParts {
  readonly sessions: Pick<ChatSessions, 'listCommands' | 'listResources'>;
  readonly mentions: ChatMentions;
  readonly sights: ChatSights;
  readonly hooks: ChatHooks;
  readonly mcp: Pick<ChatMcp, 'show'>;
  readonly memory: Pick<ChatMemory, 'show'>;
  readonly subagents: ChatSubagents;
}

/** What the user wants to see of commands, of a session, or of Sage. */
export class SightsBridge {
  constructor(
    private readonly parts: SightsParts,
    private readonly tell: Post,
    private readonly previewRestore: (turnId: string) => Promise<void>,
  ) {}

  receive(message: SightsMessage): Promise<void> {
    switch (message.type) {
      case 'show':
        return this.#show(message.what);
      case 'listCommands':
        return this.#listCommands();
      case 'listResources':
        return this.#listResources();
      case 'findMentions':
        return this.#findMentions(message.words);
      case 'takeMention':
        return this.#takeMention(message.item);
      case 'showHooks':
        return this.parts.hooks.show();
      case 'showMcp':
        return this.parts.mcp.show();
      case 'showMemory':
        return this.parts.memory.show();
      case 'showSubagents':
        return this.parts.subagents.show();
    }
  }

  async #listCommands(): Promise<void> {
    // A list that does not come must not stand in the way of writing.
    const list = await this.parts.sessions.listCommands().catch(() => ({ commands: [], problems: [] }));
    this.tell({ type: 'commands', commands: list.commands, problems: list.problems });
  }

  async #listResources(): Promise<void> {
    const resources = await this.parts.sessions.listResources().catch(() => []);
    this.tell({ type: 'resources', resources });
  }

  async #findMentions(words: string): Promise<void> {
    const items = await this.parts.mentions.find(words).catch(() => []);
    this.tell({ type: 'mentionsFound', words, items });
  }

  async #takeMention(item: Mention): Promise<void> {
    const part = await this.parts.mentions.take(item);
    if (part !== null) {
      this.tell({ type: 'attach', part });
    }
  }

  async #show(what: Sight): Promise<void> {
    const { sights } = this.parts;
    if (what === 'skills') {
      return sights.showSkills();
    }
    if (what !== 'checkpoints') {
      return this.tell({ type: 'overview', overview: await sights.describe(what) });
    }
    const chosen = await sights.chooseCheckpoint();
    if (chosen !== null) {
      this.tell({ type: 'restoreChosen', ...chosen });
      await this.previewRestore(chosen.turnId);
    }
  }
}
