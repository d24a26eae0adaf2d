import { useEffect, useRef, useState } from 'preact/hooks';
import { difference } from '../lib/difference.ts';
import { percent } from '../lib/format.ts';
import { rastersOf } from '../lib/rasters.ts';
import { Boxes } from './boxes.tsx';
import type { Comparison } from './comparison.ts';
import { Notice } from './notice.tsx';
import { Stage } from './stage.tsx';

/** The reference, faded, with every pixel that differs in colour. */
export function DifferenceView({ reference, render, findings, pointing }: Comparison) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [result, setResult] = useState<{ share?: number; problem?: string }>({});

  useEffect(() => {
    let current = true;
    draw(canvas.current, reference.url, render.url).then(
      (share) => current && setResult({ share }),
      (problem: unknown) => current && setResult({ problem: String(problem) }),
    );
    return () => {
      current = false;
    };
  }, [reference.url, render.url]);

  const said = result.share === undefined ? 'Comparing…' : `${percent(result.share)} of the pixels differ`;
  return (
    <>
      <Stage width={reference.width} height={reference.height}>
        <canvas ref={canvas} class="picture" role="img" aria-label={`Difference: ${said}`} />
        <Boxes findings={findings} {...pointing} />
      </Stage>
      {result.problem === undefined ? (
        <p class="legend">
          <strong>{said}</strong>
          <span class="key missing">only in the reference</span>
          <span class="key extra">only in the render</span>
          <span class="key changed">another colour</span>
        </p>
      ) : (
        <Notice tone="warn" title="The pictures could not be compared">
          {result.problem}
        </Notice>
      )}
    </>
  );
}

/** Draws the difference and returns the share of pixels that differ. */
async function draw(
  canvas: HTMLCanvasElement | null,
  reference?: string,
  candidate?: string,
): Promise<number> {
  if (reference === undefined || candidate === undefined) throw new Error('A picture is not at hand.');
  const [first, second] = await rastersOf(reference, candidate);
  const { data, share } = difference(first, second);
  if (canvas) {
    Object.assign(canvas, { width: first.width, height: first.height });
    canvas.getContext('2d')?.putImageData(new ImageData(data, first.width, first.height), 0, 0);
  }
  return share;
}
