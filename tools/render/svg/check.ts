import { SaxesParser } from 'saxes';
import type { RenderFailure } from '../../../core/render.ts';
import { aliasFamilies } from './families.ts';
import type { SvgLimits } from './job.ts';
import { attributesOf, escapedText, startTag } from './markup.ts';
import { embeddedRasters, repeatedId } from './references.ts';
import { Refused } from './refused.ts';
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

/**
 * Reads SVG as strict XML and writes it anew from what was understood, so that the drawing library sees
 * only what was checked: no document type, entity, comment or processing instruction gets through.
 * A missing SVG namespace is added, since a root named svg leaves no doubt and models often forget it.
 */
export function checkSvg(code: string, limits: SvgLimits): CheckedSvg | RenderFailure {
  try {
    return read(code, limits);
  } catch (error) {
    if (error instanceof Refused) return error.failure;
    throw error;
  }
}

/** @throws Refused */
function read(code: string, { maxBytes, maxDepth, maxElements }: SvgLimits): CheckedSvg {
  if (Buffer.byteLength(code) > maxBytes) {
    throw new Refused('output-limit', `The SVG is larger than the ${maxBytes} bytes allowed.`);
  }
  const parts: string[] = [];
  const texts: string[] = [];
  const rasters: { bytes: Uint8Array; line: number }[] = [];
  const count = repetition();
  const open: string[] = [];
  let root: { readonly name: string; readonly attributes: Map<string, string> } | undefined;
  let [elements, attributesHere, hasText] = [0, 0, false];

  // White space before the XML declaration is an error in XML and harmless here; lines are still counted.
  const body = code.replace(/^\uFEFF/, '').trimStart();
  const skipped = code.slice(0, code.length - body.length).split('\n').length - 1;
  const parser = new SaxesParser({
    xmlns: true,
    resolvePrefix: (prefix: string) => (prefix === 'xlink' ? XLINK : undefined),
  });
  const refuse = (outcome: RenderFailure['outcome'], message: string) => {
    throw new Refused(outcome, message, parser.line + skipped);
  };

  parser.on('error', ({ message }) => {
    refuse('invalid-markup', `The SVG is not well-formed XML: ${message.replace(/^\d+:\d+: /, '')}`);
  });
  parser.on('doctype', (doctype) => {
    if (/<!ENTITY/i.test(doctype)) refuse('forbidden', 'Entity declarations are not allowed in SVG.');
  });
  parser.on('opentagstart', () => {
    attributesHere = 0;
  });
  parser.on('attribute', () => {
    attributesHere += 1;
    if (attributesHere <= MAX_ATTRIBUTES) return;
    refuse('output-limit', `An element has more than the ${MAX_ATTRIBUTES} attributes allowed.`);
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > maxElements) {
      refuse('output-limit', `The SVG has more than the ${maxElements} elements allowed.`);
    }
    if (open.length >= maxDepth) {
      refuse('output-limit', `The SVG is nested deeper than the ${maxDepth} levels allowed.`);
    }
    const attributes = attributesOf(tag);
    count.open(attributes.get('id'), repeatedId(tag));
    const line = parser.line + skipped;
    rasters.push(...embeddedRasters(tag, line).map((bytes) => ({ bytes, line })));
    hasText ||= tag.local === 'text';
    open.push(tag.local);
    if (root) parts.push(startTag(tag.name, attributes));
    else {
      if (tag.local !== 'svg') refuse('invalid-markup', `The root element is <${tag.name}>, not <svg>.`);
      if (tag.prefix === '' && tag.uri === '') attributes.set('xmlns', SVG);
      root = { name: tag.name, attributes: attributes.set('xmlns:xlink', XLINK) };
    }
  });
  parser.on('closetag', (tag) => {
    open.pop();
    count.close();
    parts.push(`</${tag.name}>`);
  });
  const characters = (text: string) => {
    // What stands outside the root is white space and would only precede it.
    if (open.length === 0) return;
    const isStyle = open.at(-1) === 'style';
    if (!isStyle) texts.push(text);
    parts.push(escapedText(isStyle ? aliasFamilies(text) : text));
  };
  parser.on('text', characters);
  parser.on('cdata', characters);
  parser.write(body).close();

  if (!root) throw new Refused('invalid-markup', 'There is no <svg> element.');
  const excess = count.excess({ maxDepth, maxElements });
  if (excess) throw new Refused('output-limit', excess);
  const { name, attributes } = root;
  const rest = parts.join('');
  const write = (changed: ReadonlyMap<string, string>) => startTag(name, changed) + rest;
  return { root: attributes, write, text: texts.join(''), hasText, rasters };
}
