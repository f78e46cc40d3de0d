import * as vscode from 'vscode';

/** The titles that the server gives its code actions, in the language of the editor; one that is new here stays as it is. */
const titles = (): Readonly<Record<string, string>> => ({
  'Ask Sage: Fix': vscode.l10n.t('Ask Sage: Fix'),
  'Ask Sage: Explain': vscode.l10n.t('Ask Sage: Explain'),
  'Ask Sage: Rewrite…': vscode.l10n.t('Ask Sage: Rewrite…'),
  'Ask Sage: Generate Tests': vscode.l10n.t('Ask Sage: Generate Tests'),
  'Ask Sage: Document': vscode.l10n.t('Ask Sage: Document'),
  'Ask Sage: Add to Chat': vscode.l10n.t('Ask Sage: Add to Chat'),
});

export function inOurWords<T extends { title: string }>(actions: readonly T[] | null | undefined): T[] {
  const known = titles();
  return (actions ?? []).map((action) => Object.assign(action, { title: known[action.title] ?? action.title }));
}
