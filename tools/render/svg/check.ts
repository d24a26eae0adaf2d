import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { RenderFailure } from '../../../core/render.ts';
import { aliasFamilies } from './families.ts';
import type { SvgLimits } from './job.ts';
import { rasterOf } from './raster.ts';
import { repetition } from './repetition.ts';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';

/** The parser's search for duplicates is quadratic. */
const MAX_ATTRIBUTES = 200;

/** A drawing that passed the check, written anew. */
export interface CheckedSvg {
  /** Attributes of the root element. */
  readonly root: ReadonlyMap<string, string>;
  /** The document with these attributes at its root. */
  readonly write: (root: ReadonlyMap<string, string>) => string;
  /** All character data: tells which fonts are needed. */
  readonly text: string;
  readonly hasText: boolean;
  /** Embedded rasters as bytes, with the line where each stands. */
  readonly rasters: readonly { readonly bytes: Uint8Array; readonly line: number }[];
}

/** Ends the parser from within one of its handlers. */
class Refused extends Error {
  readonly failure: RenderFailure;
  constructor(outcome: RenderFailure['outcome'], message: string, line?: number) {
    super(message);
    this.failure = { kind: 'render-failure', outcome, message, ...(line !== undefined && { line }) };
  }
}

/**
 * Reads SVG as strict XML and writes it anew from what was understood, so that the drawing library sees
 * only what was checked: no document type, entity, comment or processing instruction gets through.
 * A missing SVG namespace is added, since a root named svg leaves no doubt and models often forget it.
 */
export function checkSvg(code: string, limits: SvgLimits): CheckedSvg | RenderFailure {
  const { maxBytes, maxDepth, maxElements } = limits;
  try {
    if (Buffer.byteLength(code) > maxBytes) {
      throw new Refused('output-limit', `The SVG is larger than the ${maxBytes} bytes allowed.`);
    }
    const parts: string[] = [];
    const texts: string[] = [];
    const rasters: { bytes: Uint8Array; line: number }[] = [];
    const count = repetition();
    const stack: string[] = [];
    let root: { name: string; attributes: Map<string, string> } | undefined;
    let elements = 0;
    let attributesHere = 0;
    let hasText = false;

    // White space before the XML declaration is an error in XML and harmless here; lines are still counted.
    const body = code.replace(/^\uFEFF/, '').trimStart();
    const skipped = code.slice(0, code.length - body.length).split('\n').length - 1;
    const parser = new SaxesParser({
      xmlns: true,
      resolvePrefix: (prefix: string) => (prefix === 'xlink' ? XLINK : undefined),
    });
    const line = () => parser.line + skipped;

    parser.on('error', (error) => {
      const message = error.message.replace(/^(undefined:)?\d+:\d+: /, '');
      throw new Refused('invalid-markup', `The SVG is not well-formed XML: ${message}`, line());
    });
    parser.on('doctype', (doctype) => {
      if (/<!ENTITY/i.test(doctype)) {
        throw new Refused('forbidden', 'Entity declarations are not allowed in SVG.', line());
      }
    });
    parser.on('opentagstart', () => {
      attributesHere = 0;
    });
    parser.on('attribute', () => {
      attributesHere += 1;
      if (attributesHere <= MAX_ATTRIBUTES) return;
      throw new Refused(
        'output-limit',
        `An element has more than the ${MAX_ATTRIBUTES} attributes allowed.`,
        line(),
      );
    });
    parser.on('opentag', (tag) => {
      elements += 1;
      if (elements > maxElements) {
        throw new Refused(
          'output-limit',
          `The SVG has more than the ${maxElements} elements allowed.`,
          line(),
        );
      }
      if (stack.length >= maxDepth) {
        throw new Refused(
          'output-limit',
          `The SVG is nested deeper than the ${maxDepth} levels allowed.`,
          line(),
        );
      }
      if (!root && tag.local !== 'svg') {
        throw new Refused('invalid-markup', `The root element is <${tag.name}>, not <svg>.`, line());
      }
      const attributes = attributesOf(tag);
      count.open(attributes.get('id'), tag.local === 'use' ? hrefOf(tag) : undefined);
      const raster = checkReference(tag, line());
      if (raster) rasters.push({ bytes: raster, line: line() });
      hasText ||= tag.local === 'text';
      stack.push(tag.local);
      if (root) parts.push(startTag(tag.name, attributes));
      else {
        if (tag.prefix === '' && tag.uri === '') attributes.set('xmlns', SVG);
        attributes.set('xmlns:xlink', XLINK);
        root = { name: tag.name, attributes };
      }
    });
    parser.on('closetag', (tag) => {
      stack.pop();
      count.close();
      parts.push(`</${tag.name}>`);
    });
    const characters = (text: string) => {
      if (!root || stack.length === 0) return;
      if (stack.at(-1) !== 'style') texts.push(text);
      parts.push(escaped(stack.at(-1) === 'style' ? aliasFamilies(text) : text, /[&<>]/g));
    };
    parser.on('text', characters);
    parser.on('cdata', characters);
    parser.write(body).close();

    if (!root) throw new Refused('invalid-markup', 'There is no <svg> element.');
    const { name, attributes } = root;
    const repeated = count.verdict({ maxDepth, maxElements });
    if (repeated === 'too-deep') {
      throw new Refused('output-limit', `<use> nests deeper than the ${maxDepth} levels allowed.`);
    }
    if (repeated === 'too-many') {
      throw new Refused('output-limit', `<use> repeats more than the ${maxElements} elements allowed.`);
    }
    const rest = parts.join('');
    return {
      root: attributes,
      write: (changed) => startTag(name, changed) + rest,
      text: texts.join(''),
      hasText,
      rasters,
    };
  } catch (error) {
    if (error instanceof Refused) return error.failure;
    throw error;
  }
}

function attributesOf(tag: SaxesTagNS): Map<string, string> {
  return new Map(
    Object.values(tag.attributes).map(({ name, local, value }) => {
      const names = local === 'style' || local === 'font' ? aliasFamilies(value) : value;
      return [name, local === 'font-family' ? aliasFamilies(`font-family:${value}`).slice(12) : names];
    }),
  );
}

function hrefOf(tag: SaxesTagNS): string | undefined {
  return Object.values(tag.attributes)
    .find(({ local }) => local === 'href')
    ?.value.trim();
}

/** Refuses what points outside the document; returns the bytes of a raster that is embedded. */
function checkReference(tag: SaxesTagNS, line: number): Uint8Array | undefined {
  if (tag.local === 'a') return undefined;
  let raster: Uint8Array | undefined;
  for (const { local, value } of Object.values(tag.attributes)) {
    const reference = value.trim();
    if (local !== 'href' || reference === '' || reference.startsWith('#')) continue;
    raster = tag.local === 'image' || tag.local === 'feImage' ? rasterOf(reference) : undefined;
    if (raster) continue;
    const shown = reference.length > 60 ? `${reference.slice(0, 60)}…` : reference;
    const why = reference.startsWith('data:')
      ? 'which is no PNG, JPEG, GIF or WebP picture'
      : 'which is outside the drawing and never loaded';
    const message = `<${tag.name}> refers to "${shown}", ${why}. Draw it in the document itself.`;
    throw new Refused('forbidden', message, line);
  }
  return raster;
}

function startTag(name: string, attributes: ReadonlyMap<string, string>): string {
  const written = [...attributes].map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
  return `<${name}${written}>`;
}

function escaped(text: string, characters = /[&<>"\t\n\r]/g): string {
  return text.replace(characters, (character) => `&#${character.charCodeAt(0)};`);
}
