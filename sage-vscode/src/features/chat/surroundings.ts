import type { ChatEditor, ChatMcp, ChatSafety, Post } from './ports';

interface Parts {
  readonly safety: ChatSafety;
  readonly mcp: ChatMcp;
  readonly editor: ChatEditor;
}

/** Tells the panel what stands around its conversation: trust and offers, servers that fail, what the editor shows. */
export class Surroundings {
  constructor(
    private readonly parts: Parts,
    private readonly tell: Post,
  ) {
    const { safety, mcp, editor } = parts;
    safety.changed.subscribe(() => {
      this.#tellSafety();
      // What was agreed to is started, and what was refused is not waited for any more.
      void mcp.refresh();
    });
    mcp.changed.subscribe(() => tell({ type: 'mcpFailed', servers: mcp.failed }));
    editor.contextChanged.subscribe((context) => tell({ type: 'editorContext', context }));
  }

  /** For a page that has just begun to listen. */
  welcome(): void {
    const { safety, mcp, editor } = this.parts;
    if (!safety.trusted || safety.offers.length > 0) {
      this.#tellSafety();
    }
    if (mcp.failed.length > 0) {
      this.tell({ type: 'mcpFailed', servers: mcp.failed });
    }
    this.tell({ type: 'editorContext', context: editor.context });
  }

  /** Walls are tried for it, and servers started; nobody has to wait for that. */
  async refresh(): Promise<void> {
    await Promise.all([this.parts.safety.refresh(), this.parts.mcp.refresh()]);
  }

  #tellSafety(): void {
    const { trusted, offers } = this.parts.safety;
    this.tell({ type: 'safety', trusted, offers });
  }
}
