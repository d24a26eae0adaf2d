import type { Rgb } from '../image/ground.ts';

/** A rectangle in pixels; right and bottom are excluded. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A piece of text with where it stands. */
export interface TextPiece {
  readonly text: string;
  readonly area: Area;
  /** 0 to 1, by the OCR engine. */
  readonly confidence: number;
  /** Degrees that the text is turned counter-clockwise. */
  readonly rotation: 0 | 45 | 90;
  /** Bold, by the thickness of its stems. */
  readonly bold: boolean;
}

export interface Tick {
  /** Along the axis, in pixels; pixel i reaches from i to i + 1. */
  readonly at: number;
  readonly label: TextPiece | undefined;
}

/** value = offset + scale * pixel. On an axis of categories the value is the category's index. */
export interface Axis {
  readonly kind: 'number' | 'category';
  readonly offset: number;
  readonly scale: number;
  readonly ticks: readonly Tick[];
  /** What the tick labels say as numbers; empty on an axis of categories. */
  readonly values: readonly number[];
  readonly label: TextPiece | undefined;
  /** Length of the tick marks in pixels; 0 where there are none. */
  readonly tickLength: number;
  /** Root mean square distance of the ticks from the fitted scale, in pixels. */
  readonly residual: number;
}

/** The plotting area: centres of its border lines, in pixels. */
export interface Frame extends Area {
  readonly spines: {
    readonly left: boolean;
    readonly top: boolean;
    readonly right: boolean;
    readonly bottom: boolean;
  };
  /** Of the border lines, in pixels. */
  readonly thickness: number;
  readonly colour: Rgb;
}

export interface Grid {
  readonly x: boolean;
  readonly y: boolean;
  readonly colour: Rgb;
  readonly dashed: boolean;
  /** Pixels. */
  readonly thickness: number;
  /** Bars cover its lines; left out where it meets none. */
  readonly below?: boolean;
}

export interface Edge {
  readonly colour: Rgb;
  /** Pixels. */
  readonly thickness: number;
}

/** One bar in pixels: edges count by their middle. */
export interface Bar extends Area {
  readonly colour: Rgb;
  /** What is written at it, where that agrees with its length. */
  readonly value?: number;
}

/** The numbers that are written at bars. */
export interface ValueLabels {
  readonly place: 'edge' | 'center';
  /** Those that agree with the lengths. */
  readonly pieces: readonly TextPiece[];
  /** Of all, read or not. */
  readonly areas: readonly Area[];
  readonly decimals: number;
  readonly prefix: string;
  readonly suffix: string;
  /** Thousands are parted by commas. */
  readonly thousands: boolean;
  /** From a bar's end to the letters, in pixels. */
  readonly gap: number;
  /** White on the bars. */
  readonly light: boolean;
}

export type MarkerShape = 'o' | 's' | '^' | 'v' | 'D' | '*' | 'x' | '+';
export type Dash = '-' | '--' | ':' | '-.';

export interface Marker {
  readonly shape: MarkerShape;
  /** Width in pixels. */
  readonly size: number;
  /** Inside colour, where it is not the series' own; none where the line shows through. */
  readonly face?: Rgb | 'none';
}

export interface BarSeries {
  readonly name: string;
  readonly colour: Rgb;
  /** One a category; the colour is its own only where bars of one series differ in it. */
  readonly bars: readonly Bar[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PointSeries {
  readonly name: string;
  readonly colour: Rgb;
  /** In pixels, from left to right on a line. */
  readonly points: readonly Point[];
  readonly marker: Marker | undefined;
  /** Undefined on scatter plots. */
  readonly line: { readonly dash: Dash; readonly thickness: number } | undefined;
}

export interface Wedge {
  readonly colour: Rgb;
  /** Share of the whole, 0 to 1. */
  readonly share: number;
  readonly label: TextPiece | undefined;
  readonly percent: TextPiece | undefined;
}

export interface LegendEntry {
  readonly colour: Rgb;
  readonly text: TextPiece;
  readonly swatch: Area;
}

export interface Legend {
  readonly area: Area;
  readonly entries: readonly LegendEntry[];
  readonly columns: number;
  readonly framed: boolean;
  /** Data shows through it. */
  readonly veils: boolean;
}

export type Plot =
  | {
      readonly kind: 'bars';
      readonly orientation: 'vertical' | 'horizontal';
      readonly arrangement: 'single' | 'grouped' | 'stacked' | 'histogram';
      readonly series: readonly BarSeries[];
      readonly edge: Edge | undefined;
      readonly labels?: ValueLabels;
    }
  | { readonly kind: 'lines'; readonly series: readonly PointSeries[] }
  | { readonly kind: 'scatter'; readonly series: readonly PointSeries[] }
  | {
      readonly kind: 'pie';
      readonly wedges: readonly Wedge[];
      readonly centre: Point;
      readonly radius: number;
      /** Degrees, counter-clockwise from three o'clock, of the first wedge's first side. */
      readonly start: number;
      readonly edge: Edge | undefined;
    };

/** All that was read of a chart, in pixels of its picture. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  readonly ground: Rgb;
  /** The largest text height: an em of the tick labels, in pixels. */
  readonly em: number;
  readonly noise: number;
  readonly title: readonly TextPiece[];
  /** Text between the axes that belongs to no legend. */
  readonly notes: readonly TextPiece[];
  readonly frame: Frame | undefined;
  readonly x: Axis | undefined;
  readonly y: Axis | undefined;
  readonly grid: Grid | undefined;
  readonly legend: Legend | undefined;
  readonly plot: Plot;
}

/** A picture that cannot be read, and why, in words for a user. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly reason: string;
}

export type ChartReading = { readonly kind: 'chart'; readonly chart: Chart } | Unreadable;
