/** Whether a value has a certain shape. */
export type Check = (value: unknown) => boolean;

export const text: Check = (value) => typeof value === 'string';
export const flag: Check = (value) => typeof value === 'boolean';
export const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
export const amount: Check = (value) => Number.isFinite(value);
/** What nobody here looks into: it is only shown, or passed on to the server, which reads it strictly. */
export const anything: Check = () => true;

/** One of these words. The record has to name all of them, so that a new one is not forgotten. */
export function word<T extends string>(words: Readonly<Record<T, true>>): Check {
  return (value) => typeof value === 'string' && Object.hasOwn(words, value);
}

export function listOf(item: Check): Check {
  return (value) => Array.isArray(value) && value.every(item);
}

export function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

/** An object with at least these members; the type says which, so that none is forgotten. */
export function object<T extends object>(members: { readonly [K in keyof T]-?: Check }): Check {
  const checks = Object.entries<Check>(members);
  return (value) => isObject(value) && checks.every(([name, check]) => check(own(value, name)));
}

/** An object whose `type` says which of these it is. */
export function union<T extends { readonly type: string }>(shapes: Shapes<T>): Check {
  return (value) => fits(shapes, value);
}

/** A shape for each member of a union; a member without one is a compile error. */
export type Shapes<T extends { readonly type: string }> = {
  readonly [K in T['type']]: { readonly [M in Exclude<keyof Extract<T, { readonly type: K }>, 'type'>]-?: Check };
};

/** Whether a value is a member of the union, as far as its shape tells. */
export function fits<T extends { readonly type: string }>(shapes: Shapes<T>, value: unknown): value is T {
  if (!isObject(value)) {
    return false;
  }
  const type = own(value, 'type');
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) {
    return false;
  }
  return Object.entries<Check>(shapes[type as T['type']]).every(([name, check]) => check(own(value, name)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object has itself, never what it inherits. */
function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name as keyof typeof value] : undefined;
}
