import type { HookEffect, HookRan } from '../../src/protocol/generated';

/** What a hook did, as a sentence that names it. */
export function hookWords({ on, hook, place, effect, text }: HookRan): string {
  const name = `the hook ${hook} (${place})`;
  const why = text === undefined || saysMore(effect) ? '' : `: ${text}`;
  switch (effect) {
    case 'denied':
      return `Denied by ${name}${why}`;
    case 'asked':
      return `Asked because of ${name}${why}`;
    case 'allowed':
      return `Allowed by ${name}${why}`;
    case 'changed':
      return `Arguments changed by ${name}`;
    case 'added':
      return `The model also reads what ${name} says`;
    case 'continued':
      return `Goes on because of ${name}${why}`;
    case 'told':
      return `${text ?? ''} (says ${name})`;
    default:
      return `At ${on}, ${name} did not work${why}`;
  }
}

/** What unfolds below the sentence; empty when that says it all. */
export function hookDetail({ effect, text, input }: HookRan): string {
  if (effect === 'changed') {
    return JSON.stringify(input, null, 2) ?? '';
  }
  return effect === 'added' ? (text ?? '') : '';
}

function saysMore(effect: HookEffect): boolean {
  return effect === 'added' || effect === 'changed';
}
