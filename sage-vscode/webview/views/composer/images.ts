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
  const address = await readAddress(file);
  return address === null
    ? { problem: `${name} could not be read. Try again.` }
    : { part: { type: 'image', mediaType: file.type, data: address.slice(address.indexOf(',') + 1) } };
}

/** The images among what is pasted or dropped. */
export function imagesIn(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])].filter((file) => file.type.startsWith('image/'));
}

/** The file as a data address; null when it cannot be read (it may be gone by now). */
function readAddress(file: File): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}
