import chart from '../../examples/chart.png';
import icon from '../../examples/icon.png';
import table from '../../examples/table.png';

/** The bundled pictures, inside the page. */
export const examples = [
  { task: 'chart', file: png('chart.png', chart) },
  { task: 'table', file: png('table.png', table) },
  { task: 'svg', file: png('icon.png', icon) },
] as const;

function png(name: string, bytes: Uint8Array<ArrayBuffer>): File {
  return new File([bytes], name, { type: 'image/png' });
}
