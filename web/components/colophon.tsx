import { Fragment } from 'preact';
import type { RunRecord } from '../../core/record.ts';
import { download } from '../lib/download.ts';

/** Where the figures come from: the run's identity and settings, and the record itself. */
export function Colophon({ record }: { record: RunRecord }) {
  const settings = Object.entries(record.strategy.settings);
  return (
    <footer class="colophon">
      <dl>
        <div>
          <dt>Run</dt>
          <dd>{record.id}</dd>
        </div>
        <div>
          <dt>Started</dt>
          <dd>
            <time dateTime={record.startedAt}>
              {record.startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}
            </time>
          </dd>
        </div>
        <div>
          <dt>Settings</dt>
          <dd>
            {settings.length === 0
              ? 'none'
              : settings.map(([name, value], at) => (
                  <Fragment key={name}>
                    {at > 0 && ', '}
                    <bdi>
                      {name} {String(value)}
                    </bdi>
                  </Fragment>
                ))}
          </dd>
        </div>
        <div>
          <dt>Verisim</dt>
          <dd>{record.verisim}</dd>
        </div>
      </dl>
      <button
        type="button"
        class="button"
        onClick={() => download('run.json', `${JSON.stringify(record, null, 2)}\n`, 'application/json')}
      >
        Save run.json
      </button>
    </footer>
  );
}
