import { hexOf } from '../../../../tools/critic/embedded/words.ts';
import { type Scene, sceneOf } from '../../../../tools/image/segment/scene.ts';
import type { Segmentation } from '../../../../tools/image/segment/segment.ts';
import type { Description, Surroundings, TraceSettings } from './describe.ts';
import { boundsOf, type Loop } from './geometry.ts';
import { grouped, type Item, itemsOf, named } from './items.ts';
import { gradientElement, paintOf } from './paint.ts';
import { pieceSettings } from './pieces.ts';
import { stacked } from './stack.ts';

export type { TraceSettings };

export const traceSettings: TraceSettings = {
  pieces: pieceSettings,
  primitive: { rms: 0.16, most: 0.6 },
  leastArea: 2,
  strokes: true,
};

/** Shapes that are a line of text. */
export interface Lettering {
  readonly text: string;
  readonly shapes: ReadonlySet<number>;
  /** The shape that they lie on. */
  readonly on: number;
  /** The text itself, to be written in their place; without it their outlines are only labelled. */
  readonly item?: Item;
}

/** Draws a picture again as lines of SVG in coordinates of its pixels, lowest element first. */
export function trace(
  segmentation: Segmentation,
  settings: TraceSettings = traceSettings,
  texts: readonly Lettering[] = [],
): string[] {
  const { shapes, surfaces, width, height } = segmentation;
  const scene = sceneOf(segmentation);
  const written = new Set(texts.flatMap(({ shapes, item }) => (item ? [...shapes] : [])));
  const lettered = new Set(texts.flatMap(({ shapes }) => [...shapes]));
  const holes = holesOf(segmentation, scene, lettered);
  const around: Surroundings = { segmentation, scene, holes, settings };
  const decimals = width > 160 ? 1 : 2;
  const defs: string[] = [];
  const paint = (shape: number, outer: Loop): string => {
    const found = paintOf(segmentation, shape);
    if (found.kind === 'flat') return hexOf(found.colour);
    const id = `g${defs.length + 1}`;
    defs.push(gradientElement(found, id, boundsOf(outer)));
    return `url(#${id})`;
  };
  const items: Item[] = [];
  const ground = surfaces[shapes[scene.ground]?.surface ?? 0];
  if (ground && hexOf(ground.colour) !== '#ffffff') {
    items.push({
      element: `<rect width="${width}" height="${height}"/>`,
      attributes: `fill="${hexOf(ground.colour)}"`,
    });
  }
  /** Shapes that are part of another's element. */
  const filling = new Set<number>();
  const draw = (description: Description): Item[] => {
    const { shape, outer, fills, block } = description;
    if (block) for (const child of scene.nodes[shape]?.children ?? []) holes.delete(child);
    if (fills !== undefined) filling.add(fills);
    const paints = { own: paint(shape, outer), filling: fills === undefined ? 'none' : paint(fills, outer) };
    return itemsOf(description, paints, decimals);
  };
  const visit = (parent: number): void => {
    const children = scene.nodes[parent]?.children ?? [];
    const painted = children.filter(
      (shape) => !holes.has(shape) && !filling.has(shape) && (shapes[shape]?.area ?? 0) >= settings.leastArea,
    );
    const plain = painted.filter((shape) => !lettered.has(shape));
    for (const description of stacked(around, plain)) items.push(...draw(description));
    for (const { text, shapes, item } of texts.filter(({ on }) => on === parent)) {
      if (item) {
        items.push(item);
        continue;
      }
      for (const shape of shapes)
        for (const counter of scene.nodes[shape]?.children ?? []) holes.add(counter);
      const outlines = stacked(
        around,
        painted.filter((shape) => shapes.has(shape)),
      );
      items.push(...named(outlines.flatMap(draw), text));
    }
    for (const shape of children) if (!written.has(shape)) visit(shape);
  };
  visit(scene.ground);
  const lines = grouped(items);
  return defs.length > 0 ? ['<defs>', ...defs.map((def) => `  ${def}`), '</defs>', ...lines] : lines;
}

/**
 * Which shapes are not painted because the surface beneath their parent shows through there. What lies in
 * such a hole is painted again. Text is always painted: it is no outline to be cut out, and what it lies on
 * runs on beneath it and its counters.
 */
function holesOf({ shapes }: Segmentation, scene: Scene, lettered: ReadonlySet<number>): Set<number> {
  const holes = new Set<number>([scene.ground]);
  const visit = (parent: number) => {
    const beneath = scene.nodes[scene.nodes[parent]?.parent ?? -1]?.shape ?? -1;
    for (const child of scene.nodes[parent]?.children ?? []) {
      const seesThrough = beneath >= 0 && shapes[child]?.surface === shapes[beneath]?.surface;
      if (seesThrough && !holes.has(parent) && !lettered.has(child) && !lettered.has(parent))
        holes.add(child);
      visit(child);
    }
  };
  visit(scene.ground);
  return holes;
}
