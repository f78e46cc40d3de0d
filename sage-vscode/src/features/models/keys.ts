import { Methods } from '../../protocol/generated';
import type { Send } from '../../server/requests';

const PREFIX = 'sage.key.';

/** The part of the editor's SecretStorage that keys need. */
export interface Secrets {
  keys(): Thenable<string[]>;
  get(name: string): Thenable<string | undefined>;
  store(name: string, value: string): Thenable<void>;
  delete(name: string): Thenable<void>;
}

/** API keys: kept in the editor's SecretStorage, handed to each server process over stdio, and nowhere else. */
export class Keys {
  constructor(private readonly secrets: Secrets) {}

  static providerOf(secretName: string): string | null {
    return secretName.startsWith(PREFIX) ? secretName.slice(PREFIX.length) : null;
  }

  async has(provider: string): Promise<boolean> {
    return (await this.secrets.get(PREFIX + provider)) !== undefined;
  }

  /** An empty key removes it. */
  async set(provider: string, key: string): Promise<void> {
    const trimmed = key.trim();
    if (trimmed === '') {
      await this.secrets.delete(PREFIX + provider);
    } else {
      await this.secrets.store(PREFIX + provider, trimmed);
    }
  }

  async push(provider: string, send: Send): Promise<void> {
    const key = (await this.secrets.get(PREFIX + provider)) ?? null;
    await send(Methods.setModelKey, { provider, key });
  }

  async pushAll(send: Send): Promise<void> {
    const providers = (await this.secrets.keys()).map(Keys.providerOf).filter((provider) => provider !== null);
    await Promise.all(providers.map((provider) => this.push(provider, send)));
  }
}
