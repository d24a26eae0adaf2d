import { DatasetError } from '../../core/errors.ts';
import { boundPiece, type Located, textOf } from './lines.ts';

/**
 * The elements of the array that a JSON file holds, each as its text, without reading the whole file.
 * @throws DatasetError when the file holds no array, is cut off, or one element is longer than 64 MiB.
 */
export async function* elementsOf(file: string, signal?: AbortSignal): AsyncGenerator<Located> {
  const scan = {
    depth: 0,
    inString: false,
    escaped: false,
    line: 1,
    start: 1,
    opened: false,
    closed: false,
    begun: false,
  };
  let element = '';
  for await (const chunk of textOf(file, signal)) {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk[at] ?? '';
      if (character === '\n') scan.line++;
      if (scan.inString) {
        if (scan.escaped) scan.escaped = false;
        else if (character === '\\') scan.escaped = true;
        else if (character === '"') scan.inString = false;
        continue;
      }
      if (/\s/.test(character)) continue;
      if (!scan.opened) {
        if (character !== '[') throw noArray(file, scan.line);
        scan.opened = true;
        from = at + 1;
        continue;
      }
      if (scan.closed)
        throw new DatasetError(`${file}:${scan.line}: there is more after the end of the array.`);
      if (scan.depth === 0 && (character === ',' || character === ']')) {
        const text = element + chunk.slice(from, at);
        if (text.trim() !== '') yield { text, line: scan.start, last: false };
        else if (character === ',')
          throw new DatasetError(`${file}:${scan.line}: an element is missing before a comma.`);
        element = '';
        scan.begun = false;
        from = at + 1;
        scan.closed = character === ']';
        continue;
      }
      if (!scan.begun) scan.start = scan.line;
      scan.begun = true;
      if (character === '"') scan.inString = true;
      else if (character === '{' || character === '[') scan.depth++;
      else if (character === '}' || character === ']') scan.depth--;
    }
    if (scan.opened && !scan.closed) element += chunk.slice(from);
    boundPiece(element, file, scan.start);
  }
  if (!scan.opened) throw noArray(file, scan.line);
  if (!scan.closed) {
    throw new DatasetError(
      `${file}:${scan.start}: the file ends inside its array: it was half written. Write or download it again.`,
    );
  }
}

function noArray(file: string, line: number): DatasetError {
  return new DatasetError(`${file}:${line}: a JSON array ("[ … ]") is expected here.`);
}
