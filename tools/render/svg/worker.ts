import { serve } from '../process/serve.ts';

await serve(async () => {
  const [{ drawSvg }, { SvgJob }] = await Promise.all([import('./draw.ts'), import('./job.ts')]);
  return (job) => drawSvg(SvgJob.parse(job));
});
