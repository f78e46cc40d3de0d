const longest = 40;

/** The beginning of a prompt, for a place where there is little room. */
export function firstWords(prompt: string): string {
  const line = prompt.trim().replace(/\s+/g, ' ');
  if (line.length <= longest) {
    return line;
  }
  const cut = line.slice(0, longest);
  const end = cut.lastIndexOf(' ');
  return `${end > longest / 2 ? cut.slice(0, end) : cut}…`;
}
