/** Figures as a table, each beside its budget and, where it makes sense, beside the same without Sage. */

export function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function printHeader(floor) {
  printRow('', 'measured', 'range', 'budget', floor);
}

export function printFigure({
  name,
  unit,
  budget,
  median: middle,
  lowest,
  highest,
  floor,
  problem,
  over = middle / budget,
}) {
  if (problem) return printRow(`FAILED ${name}`, problem);
  const number = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
  const range = `${number(lowest)} to ${number(highest)}`;
  const bare = floor === undefined ? '' : `${number(floor)} ${unit}`;
  printRow(name, `${number(middle)} ${unit}`, range, `${budget} ${unit}`, bare, over > 1 ? 'over' : '');
}

function printRow(name, measured = '', range = '', budget = '', bare = '', note = '') {
  const cells = [measured.padStart(13), range.padStart(17), budget.padStart(13), bare.padStart(13), note.padStart(6)];
  console.log(`${name.padEnd(54)}${cells.join('')}`.trimEnd());
}
