/** Words as Markdown that shows exactly them: titles of calls hold whatever a model has written. */
export function plainText(words: string): string {
  return words.replaceAll(/[\\`*_{}[\]()#+\-!|<>~$&]/g, '\\$&').replaceAll(/\s*\n\s*/g, ' ');
}
