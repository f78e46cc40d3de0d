/** A setting as the manifest declares it. */
export interface DeclaredSetting {
  readonly default?: unknown;
}

const ADDRESS = /\w+:\/\/[^\s"'<>]+/g;

/** One line for each setting that differs from its default; addresses without who logs in there and with what. */
export function changedSettings(
  declared: Readonly<Record<string, DeclaredSetting>>,
  currentOf: (name: string) => unknown,
): readonly string[] {
  return Object.entries(declared)
    .map(([name, setting]) => ({ name, value: currentOf(name), usual: setting.default }))
    .filter(({ value, usual }) => value !== undefined && JSON.stringify(value) !== JSON.stringify(usual))
    .map(({ name, value }) => `${name}: ${/key|token|secret|password/i.test(name) ? '[secret]' : shown(name, value)}`);
}

function shown(name: string, value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part !== 'string' ? part : /url/i.test(name) ? bareAddress(part) : part.replace(ADDRESS, bareAddress),
  );
}

/** Without user, password, query and fragment. What is no address is not shown: nobody knows what it holds. */
function bareAddress(text: string): string {
  const address = URL.canParse(text) ? new URL(text) : null;
  return address === null || address.host === ''
    ? '[no address]'
    : `${address.protocol}//${address.host}${address.pathname}`;
}
