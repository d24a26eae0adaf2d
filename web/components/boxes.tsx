import type { Finding } from '../lib/score.ts';

/** What the reader points at: a discrepancy's number, in the list or on a picture. */
export interface Pointing {
  readonly active: number | null;
  /** The one that stays active after a click. */
  readonly pinned: number | null;
  readonly onPoint: (number: number | null) => void;
  readonly onPin: (number: number) => void;
}

interface Props extends Pointing {
  readonly findings: readonly Finding[];
}

/** Numbered boxes over a picture. For the mouse: the list beside says the same and has the keyboard. */
export function Boxes({ findings, active, onPoint, onPin }: Props) {
  const boxed = findings.flatMap(({ box, ...finding }) => (box ? [{ ...finding, ...placed(box) }] : []));
  const pointed = boxed.some(({ number }) => number === active);
  return (
    <div class="boxes" aria-hidden="true" data-pointed={pointed}>
      {boxed.map(({ number, severity, style, label }) => (
        <button
          key={number}
          type="button"
          tabIndex={-1}
          class={`box severity-${severity}`}
          data-number={number}
          data-active={number === active}
          data-label={label}
          style={style}
          onPointerEnter={() => onPoint(number)}
          onPointerLeave={() => onPoint(null)}
          onClick={() => onPin(number)}
        >
          <span class="box-number">{number}</span>
        </button>
      ))}
    </div>
  );
}

/** Clipped to the picture, as critics write boxes that reach beyond it; smaller ones lie on top. */
function placed([x, y, width, height]: readonly [number, number, number, number]) {
  const left = unit(x);
  const top = unit(y);
  const right = Math.max(left, unit(x + width));
  const bottom = Math.max(top, unit(y + height));
  const style = {
    left: `${left * 100}%`,
    top: `${top * 100}%`,
    width: `${(right - left) * 100}%`,
    height: `${(bottom - top) * 100}%`,
    zIndex: 1000 - Math.round((right - left) * (bottom - top) * 1000),
  };
  // A number above a box at the picture's upper edge would stand outside the picture.
  const label = top > 0.06 ? 'above' : left > 0.05 ? 'left' : 'inside';
  return { style, label };
}

function unit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
