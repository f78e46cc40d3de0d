/** A short film of the editor for the documentation: pictures of a page, one after another, in one PNG that moves. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { root } from '../../commands/places.mjs';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export class Animation {
  #frames = [];

  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.wanted = process.env.SAGE_SCREENSHOTS === '1';
  }

  /** What the page shows now, for so long. */
  async frame(ms) {
    if (!this.wanted) return;
    const png = await this.page.screenshot({ animations: 'disabled', caret: 'hide' });
    this.#frames.push({ png, ms });
  }

  save() {
    if (!this.wanted) return;
    const folder = path.join(root, 'docs', 'screenshots');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${this.name}.png`), movingPng(this.#frames));
  }
}

/** Frames of one size as an animated PNG: a viewer that knows none shows the first. */
export function movingPng(frames) {
  let sequence = 0;
  const header = chunksOf(frames[0].png).find(({ type }) => type === 'IHDR');
  const out = [signature, chunk('IHDR', header.data), chunk('acTL', numbers(frames.length, 0))];
  for (const [index, { png, ms }] of frames.entries()) {
    const chunks = chunksOf(png);
    const size = chunks.find(({ type }) => type === 'IHDR').data.subarray(0, 8);
    if (!size.equals(header.data.subarray(0, 8))) throw new Error('The frames of an animation must have one size.');
    const timing = Buffer.alloc(6);
    timing.writeUInt16BE(ms, 0);
    timing.writeUInt16BE(1000, 2);
    out.push(chunk('fcTL', Buffer.concat([numbers(sequence++), size, numbers(0, 0), timing])));
    for (const { data } of chunks.filter(({ type }) => type === 'IDAT')) {
      out.push(index === 0 ? chunk('IDAT', data) : chunk('fdAT', Buffer.concat([numbers(sequence++), data])));
    }
  }
  return Buffer.concat([...out, chunk('IEND', Buffer.alloc(0))]);
}

function chunksOf(png) {
  const chunks = [];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([numbers(data.length), body, numbers(crc32(body))]);
}

function numbers(...values) {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    buffer.writeUInt32BE(value >>> 0, 4 * index);
  });
  return buffer;
}
