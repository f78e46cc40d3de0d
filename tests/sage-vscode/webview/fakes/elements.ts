/** The real elements of the editor, with the two things that jsdom's form support lacks. */
export {};

const nothing = () => {};
const { prototype } = ElementInternals;
prototype.setFormValue ??= nothing;
prototype.setValidity ??= nothing;

await import('../../../../sage-vscode/webview/views/controls/elements');
