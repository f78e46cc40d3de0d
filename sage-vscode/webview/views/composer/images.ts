import type { ImagePart } from '../../../src/protocol/generated';

const largestImage = 5 * 1024 * 1024;
const mediaTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export type ImageReading = { readonly part: ImagePart } | { readonly problem: string };

/** Reads a pasted or dropped image, or says why not. */
export async function readImage(file: File): Promise<ImageReading> {
  const name = file.name === '' ? 'The image' : file.name;
  if (!mediaTypes.has(file.type)) {
    return { problem: `${name} cannot be attached: models read PNG, JPEG, GIF and WebP images.` };
  }
  if (file.size > largestImage) {
    return { problem: `${name} is larger than 5 MB. Make it smaller and try again.` };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { part: { type: 'image', mediaType: file.type, data: toBase64(bytes) } };
}

/** The images among what is pasted or dropped. */
export function imagesIn(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])].filter((file) => file.type.startsWith('image/'));
}

function toBase64(bytes: Uint8Array): string {
  const step = 0x8000;
  let binary = '';
  for (let i = 0; i < bytes.length; i += step) {
    binary += String.fromCharCode(...bytes.subarray(i, i + step));
  }
  return btoa(binary);
}
