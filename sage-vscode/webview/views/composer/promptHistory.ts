/** Walks through earlier prompts with the arrow keys; what was being written waits at the end. */
export class PromptHistory {
  #position: number | null = null;
  #unsent = '';

  /** The older prompt; null when there is none. */
  older(prompts: readonly string[], current: string): string | null {
    const from = this.#position ?? prompts.length;
    if (from === 0) {
      return null;
    }
    if (this.#position === null) {
      this.#unsent = current;
    }
    this.#position = from - 1;
    return prompts[from - 1] ?? null;
  }

  /** The newer prompt, in the end what was being written; null when nothing is being walked. */
  newer(prompts: readonly string[]): string | null {
    if (this.#position === null) {
      return null;
    }
    const next = this.#position + 1;
    if (next >= prompts.length) {
      this.#position = null;
      return this.#unsent;
    }
    this.#position = next;
    return prompts[next] ?? null;
  }

  /** The user wrote something: the walk is over. */
  reset(): void {
    this.#position = null;
  }

  get isWalking(): boolean {
    return this.#position !== null;
  }
}
