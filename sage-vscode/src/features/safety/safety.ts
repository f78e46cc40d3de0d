import { messageOf } from '../../infrastructure/errors';
import { Signal } from '../../infrastructure/signal';
import { Methods, type OfferAnswer, type ProjectOffer, type ProtectionResult } from '../../protocol/generated';
import type { Server } from '../../server/requests';

/** What the editor knows about trust. */
export interface EditorTrust {
  readonly granted: boolean;
  readonly changed: Signal<void>;
  manage(): Promise<void>;
}

/** Whether the workspace is trusted, what the project would like to be allowed, and what protects from commands. */
export class Safety {
  readonly changed = new Signal<void>();
  readonly protectionChanged = new Signal<ProtectionResult | null>();
  #offers: readonly ProjectOffer[] = [];

  constructor(
    private readonly server: Server,
    private readonly trust: EditorTrust,
    private readonly log: { error(message: string): void },
  ) {
    trust.changed.subscribe(() => this.changed.emit());
  }

  get trusted(): boolean {
    return this.trust.granted;
  }

  /** What the user is to be asked about. */
  get offers(): readonly ProjectOffer[] {
    return this.trusted ? this.#offers : [];
  }

  manageTrust(): Promise<void> {
    return this.trust.manage();
  }

  /** Asks a server that runs anyway; one that cannot say has nothing to offer and nothing to show. */
  async refresh(): Promise<void> {
    if (this.server.state.kind === 'running') {
      await Promise.all([this.#askForOffers(), this.#askForProtection()]);
    }
  }

  /** The project may have other things to offer by now: what is left is what the server says. */
  async answer(kind: string, hash: string, answer: OfferAnswer): Promise<void> {
    this.#offer((await this.server.request(Methods.answerProjectOffer, { kind, hash, answer })).offers);
  }

  async #askForOffers(): Promise<void> {
    try {
      this.#offer((await this.server.request(Methods.listProjectOffers, {})).offers);
    } catch (error) {
      this.log.error(`Looking at what the project offers: ${messageOf(error)}`);
    }
  }

  async #askForProtection(): Promise<void> {
    try {
      this.protectionChanged.emit(await this.server.request(Methods.protection, {}));
    } catch (error) {
      this.protectionChanged.emit(null);
      this.log.error(`Looking at the walls around commands: ${messageOf(error)}`);
    }
  }

  #offer(offers: readonly ProjectOffer[]): void {
    this.#offers = offers;
    this.changed.emit();
  }
}
