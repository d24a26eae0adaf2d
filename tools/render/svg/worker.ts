import { serve } from '../process/serve.ts';

await serve(async () => {
  const [{ drawSvg }, { SvgJob }, { default: sharp }] = await Promise.all([
    import('./draw.ts'),
    import('./job.ts'),
    import('sharp'),
  ]);
  // Parallelism comes from the number of processes; more threads in each only cost memory.
  sharp.concurrency(1);
  sharp.cache(false);
  return (job) => drawSvg(SvgJob.parse(job));
});
