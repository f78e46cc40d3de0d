/** What tests see of the editor's module unless they bring a fake of their own: the English texts. */
export const l10n = {
  t: (text: string, ...values: readonly (string | number)[]) =>
    text.replace(/\{(\d)\}/g, (hole, index) => `${values[index] ?? hole}`),
};
