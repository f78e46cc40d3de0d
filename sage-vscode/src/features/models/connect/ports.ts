import type { ProviderSummary, TestedModel, TestFailure } from '../../../protocol/generated';
import type { Send } from '../../../server/requests';

/** What the user has said so far; nothing of it is stored. */
export interface Draft {
  readonly provider: ProviderSummary;
  /** Empty for the provider's own address. */
  readonly baseUrl: string;
  /** Null to use the key that was found, empty for none at all. */
  readonly key: string | null;
}

/** What a user can do about a test that failed. */
export type Remedy = 'again' | 'key' | 'address' | 'model' | 'keep';

/** What the user is asked; undefined is always: never mind. */
export interface ConnectDialogs {
  pickProvider(providers: readonly ProviderSummary[]): Promise<ProviderSummary | undefined>;
  askAddress(provider: ProviderSummary, current: string): Promise<string | undefined>;
  /** Null for the key that was found. */
  askKey(provider: ProviderSummary): Promise<string | null | undefined>;
  pickModel(provider: ProviderSummary, models: readonly TestedModel[]): Promise<TestedModel | undefined>;
  /** Shows that a test runs, and lets the user cancel it. */
  testing<T>(provider: ProviderSummary, test: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
  failed(provider: ProviderSummary, failure: TestFailure, remedies: readonly Remedy[]): Promise<Remedy | undefined>;
  connected(provider: ProviderSummary, model: TestedModel, tested: boolean): void;
}

export interface Endpoint {
  readonly provider: string;
  readonly baseUrl: string;
  /** `provider/model`. */
  readonly model: string;
}

export interface ConnectParts {
  readonly request: Send;
  readonly dialogs: ConnectDialogs;
  /** The user's own settings, not the workspace's. */
  readonly settings: { read(): Endpoint; write(endpoint: Endpoint): Promise<void> };
  /** Stores a key, or removes it when it is empty. */
  readonly storeKey: (keyOf: string, key: string) => Promise<void>;
}
