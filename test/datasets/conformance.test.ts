import { fileURLToPath } from 'node:url';
import { loadChartMimic } from '../../datasets/chartmimic.ts';
import { loadFolder } from '../../datasets/folder.ts';
import { loadJsonl } from '../../datasets/jsonl.ts';
import { loadOmniDocBench } from '../../datasets/omnidocbench.ts';
import { loadUniSvg } from '../../datasets/unisvg.ts';
import { datasetConformance } from '../conformance/dataset.ts';

const at = (path: string) => fileURLToPath(new URL(`../fixtures/datasets/${path}`, import.meta.url));
const options = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

for (const task of ['direct', 'customized'] as const) {
  for (const release of ['iclr', 'old']) {
    datasetConformance(`ChartMimic ${release} ${task}`, (signal) =>
      loadChartMimic(at(`chartmimic/${release}`), { task, ...options(signal) }),
    );
  }
}
datasetConformance('OmniDocBench', (signal) =>
  loadOmniDocBench(at('omnidocbench/OmniDocBench.json'), options(signal)),
);
datasetConformance('UniSVG', (signal) => loadUniSvg(at('unisvg/test.json'), options(signal)));
datasetConformance('folder', (signal) => loadFolder(at('folder'), { task: 'svg', ...options(signal) }));
datasetConformance('JSONL', (signal) =>
  loadJsonl(at('jsonl/set.jsonl'), { task: 'svg', ...options(signal) }),
);
