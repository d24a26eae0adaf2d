import type { ModelRecord } from '../../core/record.ts';
import { Badge } from './badge.tsx';

/** A model's name; whatever is simulated says so wherever its name stands. */
export function ModelName({ model }: { model: Partial<ModelRecord> | null }) {
  if (!model) return <span class="model">none</span>;
  const { name, source } = model;
  return (
    <span class="model">
      <bdi>{name}</bdi>
      {source === 'simulated' && <Badge tone="warn">simulated</Badge>}
      {source === 'embedded' && name !== source && <Badge>embedded</Badge>}
    </span>
  );
}
