/** The end of “With “Allow for this session”, …”. */
interface RuleWords {
  readonly before: string;
  readonly what: string;
  readonly after: string;
}

const patterns: Readonly<Record<string, Omit<RuleWords, 'what'>>> = {
  run_command: { before: 'the command', after: 'runs without asking.' },
  edit_file: { before: 'edits to', after: 'are made without asking.' },
  write_file: { before: 'writing', after: 'does not ask again.' },
};

const anyCall = { before: 'calls that match', after: 'do not ask again.' };

/** The exact rule a wider grant saves, in words: `run_command(npm test)`. */
export function ruleWords(rule: string): RuleWords {
  const { tool = '', what = '' } = /^(?<tool>\w+)\((?<what>[\s\S]*)\)$/.exec(rule)?.groups ?? {};
  const words = patterns[tool];
  return words === undefined ? { ...anyCall, what: rule } : { ...words, what };
}
