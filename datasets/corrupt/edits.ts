import type { Change, Edit } from './damage.ts';

/** The code with these edits, of which none reaches into another. Insertions at one place keep their order. */
export function edited(code: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  let text = '';
  for (const edit of ordered) {
    text += code.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + code.slice(at);
}

/** Whether two changes of one code leave each other alone. */
export function areApart(a: Change, b: Change): boolean {
  return (
    !a.touches.some((object) => b.touches.includes(object)) &&
    !a.edits.some((one) => b.edits.some((other) => overlap(one, other)))
  );
}

function overlap(a: Edit, b: Edit): boolean {
  return a.start < b.end && b.start < a.end;
}
