const patterns: Readonly<Record<string, (what: string) => { before: string; what: string; after: string }>> = {
  run_command: (what) => ({
    before: 'The command',
    what,
    after: 'will run without asking until this session ends.',
  }),
  edit_file: (what) => ({ before: 'Edits to', what, after: 'will be made without asking until this session ends.' }),
  write_file: (what) => ({ before: 'Writing', what, after: 'will not ask again until this session ends.' }),
};

/** The exact rule a wider grant saves, in words: `run_command(npm test)`. */
export function ruleWords(rule: string): { readonly before: string; readonly what: string; readonly after: string } {
  const { tool = '', what = '' } = /^(?<tool>\w+)\((?<what>[\s\S]*)\)$/.exec(rule)?.groups ?? {};
  const phrase = patterns[tool];
  return phrase === undefined
    ? { before: 'Calls that match', what: rule, after: 'will not ask again until this session ends.' }
    : phrase(what);
}
