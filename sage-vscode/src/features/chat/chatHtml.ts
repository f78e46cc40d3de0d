export interface PageParts {
  /** What the webview may load from: `webview.cspSource`. */
  readonly source: string;
  readonly script: string;
  readonly style: string;
  readonly nonce: string;
  /** Of the texts. */
  readonly language: string;
  /** By their English text; absent where they are English. */
  readonly texts: Readonly<Record<string, string>> | undefined;
}

/** The webview's page: one script under a nonce, our own style sheet and font, and nothing from anywhere else. */
export function chatHtml({ source, script, style, nonce, language, texts }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The editor itself puts its theme into a style element of the page.
    `style-src ${source} 'unsafe-inline'`,
    `font-src ${source}`,
    `img-src ${source} data: blob:`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}" id="vscode-codicon-stylesheet" nonce="${nonce}">
<title>Sage</title>
</head>
<body>
<div id="root"${texts === undefined ? '' : ` data-texts="${attribute(JSON.stringify(texts))}"`}></div>
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
