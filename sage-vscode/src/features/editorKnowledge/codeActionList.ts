import type { EditorCodeAction } from '../../protocol/generated';

/** The part of the editor's code actions that is needed; a plain command has its command's name as a text. */
export interface Offered {
  readonly title: string;
  readonly kind?: { readonly value: string } | undefined;
  readonly isPreferred?: boolean | undefined;
  readonly disabled?: { readonly reason: string } | undefined;
  readonly edit?: object | undefined;
  readonly command?: string | { readonly command: string } | undefined;
}

/** What others than Sage offer. */
export function withoutOwn<T extends Offered>(actions: readonly T[]): T[] {
  return actions.filter(({ command }) => {
    const name = typeof command === 'string' ? command : command?.command;
    return !name?.startsWith('sage.');
  });
}

export function listCodeActions(actions: readonly Offered[]): EditorCodeAction[] {
  return actions.map((action) => {
    const obstacle = obstacleOf(action);
    return {
      title: action.title,
      ...(action.kind !== undefined && { kind: action.kind.value }),
      isPreferred: action.isPreferred ?? false,
      ...(obstacle !== undefined && { obstacle }),
    };
  });
}

/** Why Sage cannot apply an action; a command would change files behind its back. */
export function obstacleOf({ disabled, edit, command }: Offered): string | undefined {
  if (disabled !== undefined) {
    return `disabled: ${disabled.reason}`;
  }
  if (edit === undefined) {
    return command === undefined ? 'it changes nothing' : 'it runs a command of an extension';
  }
  return undefined;
}
