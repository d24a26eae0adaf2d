/** A Python string literal. */
export function str(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\$/g, '\\\\$')}"`;
}

/** A Python list, broken over lines where it is long. */
export function list(items: readonly string[]): string {
  const line = `[${items.join(', ')}]`;
  if (line.length <= 88) return line;
  const rows: string[] = [];
  let row = '   ';
  for (const item of items) {
    if (row.length + item.length > 86) {
      rows.push(row);
      row = '   ';
    }
    row += ` ${item},`;
  }
  return ['[', ...rows, row, ']'].join('\n');
}

export function numbers(values: readonly number[]): string {
  return list(values.map(num));
}

export function strings(values: readonly string[]): string {
  return list(values.map(str));
}

/** A number as a person would write it. */
export function num(value: number): string {
  const text = String(Number(value.toPrecision(10)));
  return text === '-0' ? '0' : text;
}
