/** The end of a stream of text, however much there was: memory is bounded, and adding is cheap. */
export class ChunkTail {
  #chunks: string[] = [];
  #length = 0;

  constructor(private readonly most = 200_000) {}

  add(chunk: string): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > 2 * this.most) {
      this.#chunks = [this.text];
      this.#length = this.text.length;
    }
  }

  get text(): string {
    return this.#chunks.join('').slice(-this.most);
  }
}
