import { useState } from 'preact/hooks';
import { Boxes } from './boxes.tsx';
import type { Comparison } from './comparison.ts';
import { Picture } from './picture.tsx';
import { Stage } from './stage.tsx';

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -2,
  ArrowDown: -2,
  ArrowRight: 2,
  ArrowUp: 2,
  PageDown: -10,
  PageUp: 10,
  Home: -100,
  End: 100,
};

/** The reference left of a divide, the render right of it; dragged anywhere on the picture, or by arrow keys. */
export function Slider({ reference, render, findings, pointing }: Comparison) {
  const [divide, setDivide] = useState(50);

  function slide(event: PointerEvent & { currentTarget: HTMLElement }) {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setDivide(within(((event.clientX - left) / width) * 100));
  }

  function step(event: KeyboardEvent) {
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setDivide(within(divide + by));
  }

  return (
    <figure class="sized" style={{ '--width': reference.width, '--height': reference.height }}>
      <figcaption class="sides" aria-hidden="true">
        <span>{reference.name}</span>
        <span>{render.name}</span>
      </figcaption>
      <Stage
        width={reference.width}
        height={reference.height}
        data-sliding="true"
        onPointerDown={slide}
        onPointerMove={slide}
      >
        <Picture url={render.url} alt={render.name} />
        <Picture
          url={reference.url}
          alt={reference.name}
          style={{ clipPath: `inset(0 ${100 - divide}% 0 0)` }}
        />
        <Boxes findings={findings} {...pointing} />
        <div
          class="slider-handle"
          role="slider"
          tabIndex={0}
          aria-label="Divide between the reference and the render"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(divide)}
          aria-valuetext={`${Math.round(divide)} % reference`}
          style={{ left: `${divide}%` }}
          onKeyDown={step}
        />
      </Stage>
    </figure>
  );
}

function within(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}
