import type { ComponentChildren } from 'preact';
import type { Tone } from '../lib/labels.ts';

export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}
