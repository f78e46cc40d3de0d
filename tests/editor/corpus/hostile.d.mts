export const markdown: Readonly<Record<string, string>>;
export const output: Readonly<Record<string, string>>;
export const names: readonly string[];
