import type { ComponentChildren } from 'preact';
import { Boxes } from './boxes.tsx';
import type { Comparison, Shown } from './comparison.ts';
import { Picture } from './picture.tsx';
import { Stage } from './stage.tsx';

export function SideBySide({ reference, render, findings, pointing }: Comparison) {
  return (
    <div class="side-by-side">
      {[reference, render].map((shown) => (
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
