/**
 * Bundles web/ into web/dist/: report.html, which the runtime copies with a record and its pictures into each
 * report, and service.html, which the service serves. Each is one file with styles and script inside. Run by
 * `npm run build:page`.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import { licencesOf } from './licences.ts';

interface PageSource {
  readonly title: string;
  readonly noscript: string;
  readonly style: string;
  /** Element that the script reads. */
  readonly data: string;
  /** What the page may do beside running its own script and style. */
  readonly policy: readonly string[];
}

const sources = {
  report: {
    title: 'Verisim report',
    noscript:
      'This page draws a run record in the browser: please allow its script. It loads nothing from a network.',
    style: 'styles/index.css',
    data: '<script type="application/json" id="report-data">{{data}}</script>',
    policy: ['img-src data:'],
  },
  service: {
    title: 'Verisim',
    noscript: 'This page sends pictures and draws what comes back: please allow its script.',
    style: 'styles/service.css',
    data: '',
    policy: ['img-src data: blob:', "connect-src 'self'"],
  },
} as const satisfies Record<string, PageSource>;

const web = new URL('../web/', import.meta.url);

/** Writes web/dist/NAME.html and returns its path. Safe to run twice at once: the file is replaced whole. */
export async function buildPage(name: keyof typeof sources = 'report'): Promise<string> {
  const { title, noscript, style: styles, data, policy } = sources[name];
  const [template, script, style] = await Promise.all([
    readFile(new URL('page.html', web), 'utf8'),
    bundle(`${name}.tsx`),
    bundle(styles),
  ]);
  const text = inertInHtml(script.text);
  const html = fill(template, {
    title,
    noscript,
    data,
    // A comment ends at its first two dashes, whatever follows.
    licences: `<!--\nThis page contains:\n\n${(await licencesOf(script.inputs)).replaceAll('--', '- -')}\n-->`,
    policy: `<meta http-equiv="Content-Security-Policy" content="${policyOf(text, style.text, policy)}">`,
    style: `<style>${style.text}</style>`,
    script: `<script>${text}</script>`,
  });
  const path = fileURLToPath(new URL(`dist/${name}.html`, web));
  const partial = `${path}.${process.pid}.partial`;
  await mkdir(new URL('dist/', web), { recursive: true });
  await writeFile(partial, html);
  await rename(partial, path);
  return path;
}

async function bundle(entry: string): Promise<{ text: string; inputs: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL(entry, web))],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    absWorkingDir: fileURLToPath(new URL('..', web)),
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    // The whole licences stand in a comment of the page.
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.png': 'binary' },
    logLevel: 'warning',
  });
  const text = outputFiles.map((file) => file.text.trim()).join('\n');
  return { text, inputs: Object.keys(metafile.inputs) };
}

/** The HTML parser must not find an end, a start or a comment of a script inside the script's own strings. */
function inertInHtml(script: string): string {
  const inert = script.replace(/<(?=!--|\/?script)/gi, '\\x3C');
  new Script(inert);
  return inert;
}

/** Nothing but this script and this style runs, and nothing that is not named goes out. */
function policyOf(script: string, style: string, allowed: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    ...allowed,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Replaces each `<!--name-->` of the template, by a function, because `$&` in a bundle is no pattern. */
function fill(template: string, values: Record<string, string>): string {
  return template.replace(/<!--(\w+)-->/g, (mark, name: string) => values[name] ?? mark);
}

if (import.meta.main) {
  await buildPage('report');
  await buildPage('service');
}
