import { hexOf } from '../../../../tools/critic/embedded/words.ts';
import type { Segmentation } from '../../../../tools/image/segment/segment.ts';
import { fieldOf } from './field.ts';
import { boundsOf, type Loop } from './geometry.ts';
import { outlinesOf } from './outline.ts';
import { gradientElement, paintOf } from './paint.ts';
import { pathOf } from './path.ts';
import { type PieceSettings, pieceSettings } from './pieces.ts';
import { type Fit, type Primitive, primitiveOf } from './primitives.ts';
import { type Scene, sceneOf } from './scene.ts';
import { strokeElements } from './stroke/elements.ts';
import { strokesOf } from './stroke/strokes.ts';
import { pathData, primitiveElement } from './write.ts';

export interface TraceSettings {
  readonly pieces: PieceSettings;
  /** How well a primitive must fit. */
  readonly primitive: Fit;
  /** Shapes of fewer pixels are left out. */
  readonly leastArea: number;
  /** Reads shapes of constant width as strokes along their middle lines. */
  readonly strokes: boolean;
}

export const traceSettings: TraceSettings = {
  pieces: pieceSettings,
  primitive: { rms: 0.16, most: 0.6 },
  leastArea: 2,
  strokes: true,
};

/** Draws a picture again as SVG elements in coordinates of its pixels, lowest first. */
export function trace(segmentation: Segmentation, settings: TraceSettings = traceSettings): string[] {
  const { shapes, surfaces, width, height } = segmentation;
  const scene = sceneOf(segmentation);
  const holes = holesOf(segmentation, scene);
  const decimals = width > 160 ? 1 : 2;
  const defs: string[] = [];
  const paints = (shape: number, outer: Loop): string => {
    const paint = paintOf(segmentation, shape);
    if (paint.kind === 'flat') return hexOf(paint.colour);
    const id = `g${defs.length + 1}`;
    defs.push(gradientElement(paint, id, boundsOf(outer)));
    return `url(#${id})`;
  };
  const elements: string[] = [];
  const ground = surfaces[shapes[scene.ground]?.surface ?? 0];
  if (ground && hexOf(ground.colour) !== '#ffffff') {
    elements.push(`<rect width="${width}" height="${height}" fill="${hexOf(ground.colour)}"/>`);
  }
  const draw = (shape: number): void => {
    const own = shapes[shape];
    if (!own || own.area < settings.leastArea || holes.has(shape)) return;
    const alone = fieldOf(segmentation, scene, new Set([shape]));
    const aloneLoops = outlinesOf(alone);
    const simple = aloneLoops[0] && aloneLoops.length === 1 ? primitive(aloneLoops[0]) : undefined;
    const strokes = settings.strokes && !isBlock(simple) ? strokesOf(alone, aloneLoops) : undefined;
    if (strokes && aloneLoops[0]) {
      const colour = paints(shape, aloneLoops[0]);
      elements.push(
        ...strokeElements(strokes, colour, {
          pieces: settings.pieces,
          primitive: settings.primitive,
          decimals,
        }),
      );
      return;
    }
    const inside = new Set<number>();
    const fill = (index: number) => {
      inside.add(index);
      for (const child of scene.nodes[index]?.children ?? []) if (!holes.has(child)) fill(child);
    };
    fill(shape);
    let loops = outlinesOf(fieldOf(segmentation, scene, inside));
    const [outer] = loops;
    if (!outer) return;
    const whole = primitive(outer);
    if (whole && loops.length > 1) {
      // A plain block with something on it, rather than a block with holes.
      for (const child of scene.nodes[shape]?.children ?? []) holes.delete(child);
      loops = [outer];
    }
    const paint = `fill="${paints(shape, outer)}"`;
    if (whole) elements.push(primitiveElement(whole, paint, decimals));
    else
      elements.push(
        `<path d="${pathData(
          loops.map((loop) => pathOf(loop, settings.pieces)),
          decimals,
        )}" ${paint}/>`,
      );
  };
  const primitive = (loop: Loop) => primitiveOf(loop, loop, settings.primitive);
  const visit = (parent: number): void => {
    const area = (shape: number) => shapes[shape]?.area ?? 0;
    const children = [...(scene.nodes[parent]?.children ?? [])].sort((a, b) => area(b) - area(a));
    for (const shape of children) draw(shape);
    for (const shape of children) visit(shape);
  };
  visit(scene.ground);
  return defs.length > 0 ? [`<defs>${defs.join('')}</defs>`, ...elements] : elements;
}

/** A block is no stroke; a bar with fully rounded ends is. */
function isBlock(shape: Primitive | undefined): boolean {
  if (!shape) return false;
  return shape.kind !== 'rect' || shape.r < 0.46 * Math.min(shape.width, shape.height);
}

/**
 * Which shapes are not painted because the surface beneath their parent shows through there. What lies in
 * such a hole is painted again.
 */
function holesOf({ shapes }: Segmentation, scene: Scene): Set<number> {
  const holes = new Set<number>([scene.ground]);
  const visit = (parent: number) => {
    const beneath = scene.nodes[scene.nodes[parent]?.parent ?? -1]?.shape ?? -1;
    for (const child of scene.nodes[parent]?.children ?? []) {
      const seesThrough = beneath >= 0 && shapes[child]?.surface === shapes[beneath]?.surface;
      if (seesThrough && !holes.has(parent)) holes.add(child);
      visit(child);
    }
  };
  visit(scene.ground);
  return holes;
}
