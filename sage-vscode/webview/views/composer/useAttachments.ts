import type { Store } from '../../state/store';
import { useStore } from '../storeContext';
import { filesIn } from './droppedFiles';
import { imagesIn, readImage } from './images';

/** Attaches images and files that are pasted or dropped; what cannot be attached is a problem to tell. */
export function useAttachments(tell: (problem: string) => void): (event: Event, transfer: DataTransfer | null) => void {
  const store = useStore();
  return (event, transfer) => {
    const images = imagesIn(transfer);
    const files = images.length > 0 ? [] : filesIn(transfer);
    if (images.length + files.length > 0) {
      event.preventDefault();
      for (const part of files) {
        store.act({ type: 'partAttached', part });
      }
      attachImages(store, images, tell);
    }
  };
}

async function attachImages(store: Store, images: readonly File[], tell: (problem: string) => void): Promise<void> {
  for (const image of images) {
    const reading = await readImage(image);
    if ('part' in reading) {
      store.act({ type: 'partAttached', part: reading.part });
    } else {
      tell(reading.problem);
    }
  }
}
