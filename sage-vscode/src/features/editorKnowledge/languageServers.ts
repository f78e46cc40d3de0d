import * as vscode from 'vscode';

/** Extensions that take longer to start answer the next question. */
const STARTS_WITHIN_MS = 10_000;

/** Opens a document, out of sight when it is not open, with the extensions that know its language. */
export async function openDocument(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  await startExtensionsFor(document.languageId);
  return document;
}

/** Commands that ask providers do not wait for those whose extension has not started. */
async function startExtensionsFor(languageId: string): Promise<void> {
  const event = `onLanguage:${languageId}`;
  const sleeping = vscode.extensions.all.filter(
    ({ isActive, packageJSON }) => !isActive && packageJSON.activationEvents?.includes(event),
  );
  if (sleeping.length > 0) {
    const started = Promise.allSettled(sleeping.map((extension) => extension.activate()));
    await Promise.race([started, new Promise((resolve) => setTimeout(resolve, STARTS_WITHIN_MS))]);
  }
}

/** Asks providers, and stops waiting when nobody wants the answer any more: the editor cannot be told to stop. */
export async function askProviders<T>(
  signal: AbortSignal,
  command: string,
  ...args: unknown[]
): Promise<T | undefined> {
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([vscode.commands.executeCommand<T | undefined>(command, ...args), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Whether a tab shows the file: some language servers look at nothing else. */
export function isInTab(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => {
      if (input instanceof vscode.TabInputText) {
        return input.uri.toString() === key;
      }
      return input instanceof vscode.TabInputTextDiff && input.modified.toString() === key;
    }),
  );
}
