import type { RunRecord } from '../../core/record.ts';
import { Badge } from './badge.tsx';

/** A model's name; whatever is simulated says so wherever its name stands. */
export function ModelName({ model: { name, source } }: { model: RunRecord['generator'] }) {
  return (
    <span class="model">
      <bdi>{name}</bdi>
      {source === 'simulated' && <Badge tone="warn">simulated</Badge>}
      {source === 'embedded' && <Badge>embedded</Badge>}
    </span>
  );
}
