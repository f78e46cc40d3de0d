import type { EventEnvelope, FileChangeKind, PlanItem, SessionEvent } from '../../protocol/generated';

/** What a chat shows of an event. Markdown is the model's; everything else is plain words. */
export type Piece =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'doing'; readonly words: string }
  | { readonly kind: 'notice'; readonly words: string }
  | { readonly kind: 'changed'; readonly path: string };

/** The events of one turn, as pieces for a chat that can only add to what it shows. */
export class TurnFold {
  readonly #shown = new Map<string, number>();
  readonly #files = new Map<string, FileChangeKind>();
  /** What the last piece of Markdown belonged to. */
  #speaking: string | null = null;
  /** The steps of the plan as it is now; empty when this turn has not written one. */
  plan: readonly PlanItem[] = [];
  /** The number of the last durable event; 0 before the first. */
  lastSeq = 0;

  /** The files that are not as they were before the turn, in the order of their paths. */
  get files(): ReadonlyMap<string, FileChangeKind> {
    return new Map([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  take({ seq, event }: EventEnvelope): readonly Piece[] {
    this.lastSeq = Math.max(this.lastSeq, seq ?? 0);
    switch (event.type) {
      case 'textDelta':
        return this.#grow(event.replyId, event.offset, event.text);
      case 'replyEnded':
        // Whole: what was streamed may have had a gap.
        return this.#grow(event.replyId, 0, event.text);
      case 'planProposed':
        return this.#grow(event.callId, 0, event.plan);
      case 'planUpdated':
        this.plan = event.items;
        return [];
      case 'fileChanged':
        this.#change(event.path, event.kind);
        return event.kind === 'deleted' ? [] : [{ kind: 'changed', path: event.path }];
      default:
        return told(event);
    }
  }

  /** What of a text is not shown yet, unless something before it is missing. */
  #grow(id: string, offset: number, text: string): readonly Piece[] {
    const shown = this.#shown.get(id) ?? 0;
    const rest = text.slice(shown - offset);
    if (offset > shown || rest === '') {
      return [];
    }
    this.#shown.set(id, shown + rest.length);
    const gap = this.#speaking === null || this.#speaking === id ? '' : '\n\n';
    this.#speaking = id;
    return [{ kind: 'markdown', text: gap + rest }];
  }

  #change(path: string, kind: FileChangeKind): void {
    const before = this.#files.get(path);
    if (before === 'created' && kind === 'deleted') {
      this.#files.delete(path);
    } else if (before === 'created') {
      this.#files.set(path, 'created');
    } else {
      this.#files.set(path, before !== undefined && kind === 'created' ? 'modified' : kind);
    }
  }
}

function told(event: SessionEvent): readonly Piece[] {
  switch (event.type) {
    case 'toolCallStarted':
      return [{ kind: 'doing', words: event.title }];
    case 'retrying':
      return [{ kind: 'doing', words: event.reason }];
    case 'notice':
      return [{ kind: 'notice', words: event.text }];
    default:
      return [];
  }
}
