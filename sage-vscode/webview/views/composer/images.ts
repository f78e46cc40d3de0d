import type { ImagePart } from '../../../src/protocol/generated';
import { t } from '../../l10n';

const largestImage = 5 * 1024 * 1024;
const mediaTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export type ImageReading = { readonly part: ImagePart } | { readonly problem: string };

/** Reads a pasted or dropped image, or says why not. */
export async function readImage(file: File): Promise<ImageReading> {
  const name = file.name === '' ? t('The image') : file.name;
  if (!mediaTypes.has(file.type)) {
    return { problem: t('{0} cannot be attached: models read PNG, JPEG, GIF and WebP images.', name) };
  }
  if (file.size > largestImage) {
    return { problem: t('{0} is larger than 5 MB. Make it smaller and try again.', name) };
  }
  const address = await readAddress(file);
  return address === null
    ? { problem: t('{0} could not be read. Try again.', name) }
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
