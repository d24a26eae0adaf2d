import type { Area, Chart, Frame } from '../../../tools/chart/model.ts';
import { num } from './python.ts';

/** matplotlib's own margins, as shares of the figure. */
const usual = { left: 0.125, right: 0.9, bottom: 0.11, top: 0.88 };

/** The statement that puts the plotting area where it is; none where it is where matplotlib puts it. */
export function marginsOf({ width, height }: Chart, frame: Frame): string[] {
  const shares = {
    left: frame.left / width,
    right: frame.right / width,
    bottom: 1 - frame.bottom / height,
    top: 1 - frame.top / height,
  };
  const near = (share: number, wanted: number, extent: number) => Math.abs(share - wanted) * extent <= 1.1;
  if (
    near(shares.left, usual.left, width) &&
    near(shares.right, usual.right, width) &&
    near(shares.bottom, usual.bottom, height) &&
    near(shares.top, usual.top, height)
  ) {
    return [];
  }
  return [adjust(frame, width, height)];
}

function adjust(frame: Area, width: number, height: number): string {
  const share = (value: number) => num(Number(value.toFixed(4)));
  const [left, right] = [share(frame.left / width), share(frame.right / width)];
  const [bottom, top] = [share(1 - frame.bottom / height), share(1 - frame.top / height)];
  return `fig.subplots_adjust(left=${left}, right=${right}, bottom=${bottom}, top=${top})`;
}

/**
 * Where a pie's axes are, and the pie's radius in their units. The title stands six points above the axes,
 * which are square around the pie's centre; without one they are as large as matplotlib makes them.
 */
export function pieLayout(
  { title, width, height, plot }: Chart,
  dpi: number,
): { margins: string[]; radius: number; frame: Area } {
  if (plot.kind !== 'pie')
    return { margins: [], radius: 1, frame: { left: 0, top: 0, right: width, bottom: height } };
  const { centre, radius } = plot;
  const last = title.at(-1);
  const descends = last && /[gjpqy(),]/.test(last.text) ? 0.17 * (last.area.bottom - last.area.top) : 0;
  const top = last ? last.area.bottom - descends + (6 * dpi) / 72 : centre.y - 1.25 * radius;
  const side = Math.max(1.6 * radius, 2 * (centre.y - top));
  const frame: Area = {
    left: centre.x - side / 2,
    right: centre.x + side / 2,
    top: centre.y - side / 2,
    bottom: centre.y + side / 2,
  };
  const own = Math.min((usual.top - usual.bottom) * height, (usual.right - usual.left) * width);
  const middle = {
    x: ((usual.left + usual.right) / 2) * width,
    y: (1 - (usual.top + usual.bottom) / 2) * height,
  };
  const isUsual =
    Math.abs(side - own) < 0.02 * height &&
    Math.hypot(centre.x - middle.x, centre.y - middle.y) < 0.008 * height;
  const exact = (2.5 * radius) / (isUsual ? own : side);
  return {
    margins: isUsual ? [] : [adjust(frame, width, height)],
    radius: Math.abs(exact - 1) < 0.008 ? 1 : Number(exact.toFixed(3)),
    frame,
  };
}

/** Where a legend stands, in matplotlib's words; `pad` is its distance from the frame in pixels. */
export function legendPlace(area: Area, frame: Area, pad: number): string {
  const x = {
    left: area.left - frame.left,
    right: frame.right - area.right,
    centre: (area.left + area.right - frame.left - frame.right) / 2,
  };
  const y = {
    upper: area.top - frame.top,
    lower: frame.bottom - area.bottom,
    centre: (area.top + area.bottom - frame.top - frame.bottom) / 2,
  };
  const slack = Math.max(4, 0.6 * pad);
  const column =
    Math.abs(x.left - pad) <= slack
      ? 'left'
      : Math.abs(x.right - pad) <= slack
        ? 'right'
        : Math.abs(x.centre) <= slack
          ? 'centre'
          : '';
  const row =
    Math.abs(y.upper - pad) <= slack
      ? 'upper'
      : Math.abs(y.lower - pad) <= slack
        ? 'lower'
        : Math.abs(y.centre) <= slack
          ? 'centre'
          : '';
  if (column && row) {
    if (row === 'centre' && column === 'centre') return 'loc="center"';
    return `loc="${row.replace('centre', 'center')} ${column.replace('centre', 'center')}"`;
  }
  // Outside, or at a place of its own: the upper left corner, in shares of the frame, without the padding.
  const [width, height] = [frame.right - frame.left, frame.bottom - frame.top];
  const below = area.top > frame.bottom;
  if ((below || area.bottom < frame.top) && Math.abs(x.centre) <= slack + 4) {
    const edge = below
      ? (frame.bottom - area.top + pad) / height
      : (frame.bottom - area.bottom - pad) / height;
    return `loc="${below ? 'upper' : 'lower'} center", bbox_to_anchor=(0.5, ${num(Number(edge.toFixed(3)))})`;
  }
  const anchor = [(area.left - frame.left - pad) / width, (frame.bottom - area.top + pad) / height];
  return `loc="upper left", bbox_to_anchor=(${anchor.map((share) => num(Number(share.toFixed(3)))).join(', ')})`;
}
