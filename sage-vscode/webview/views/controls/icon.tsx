/** A codicon; decoration only, so it is hidden from screen readers. */
export function Icon({ name, spin = false, class: extra = '' }: { name: string; spin?: boolean; class?: string }) {
  const classes = `codicon codicon-${name}${spin ? ' codicon-modifier-spin' : ''}${extra ? ` ${extra}` : ''}`;
  return <span class={classes} aria-hidden="true" />;
}
