import type { ComponentChildren } from 'preact';
import { Boxes } from './boxes.tsx';
import type { Comparison, Shown } from './comparison.ts';
import { Picture } from './picture.tsx';
import { Stage } from './stage.tsx';

/** Width over height from which two pictures are seen better one above the other: most tables. */
const FLAT = 2.2;

export function SideBySide({ reference, render, findings, pointing }: Comparison) {
  const both = [reference, render];
  const isFlat = both.some(({ width, height }) => width > height * FLAT);
  return (
    <div class={isFlat ? 'side-by-side stacked' : 'side-by-side'}>
      {both.map((shown) => (
        <Framed key={shown.name} shown={shown}>
          <Boxes findings={findings} {...pointing} />
        </Framed>
      ))}
    </div>
  );
}

/** One picture on its own, under its name. */
export function Framed({ shown, children }: { shown: Shown; children?: ComponentChildren }) {
  return (
    <figure>
      <figcaption>{shown.name}</figcaption>
      <Stage width={shown.width} height={shown.height}>
        <Picture url={shown.url} alt={shown.name} />
        {children}
      </Stage>
    </figure>
  );
}
