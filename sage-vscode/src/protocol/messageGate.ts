import { fits, type Shapes } from './shapes';

/** Lets through what fits; what does not is dropped, and said once for each kind, without what it holds. */
export function messageGate<T extends { readonly type: string }>(
  shapes: Shapes<T>,
  warn: (sentence: string) => void,
): (value: unknown) => T | null {
  const told = new Set<string>();
  return (value) => {
    if (fits(shapes, value)) {
      return value;
    }
    const kind = kindOf(shapes, value);
    if (!told.has(kind)) {
      told.add(kind);
      warn(`A message of the chat was dropped: ${kind}.`);
    }
    return null;
  };
}

function kindOf(shapes: object, value: unknown): string {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') {
    return 'it has no type';
  }
  return Object.hasOwn(shapes, value.type) ? `${value.type} has another shape` : 'its type is not known';
}
