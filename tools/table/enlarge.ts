import sharp from 'sharp';
import type { Pixels } from '../image/pixels.ts';

/** Capitals lower than this many pixels let lines of text and letters run into each other. */
const LOW = 9;
/** Height of capitals to enlarge to, in pixels. */
const ENOUGH = 15;

/** Small text enlarged by a whole factor, so that half-inked pixels become edges; undefined where it is large enough. */
export async function enlarged(
  { width, height, data }: Pixels,
  capHeight: number,
): Promise<Pixels | undefined> {
  if (capHeight === 0 || capHeight >= LOW) return undefined;
  const factor = Math.ceil(ENOUGH / capHeight);
  const { data: large, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: width * factor, height: height * factor, kernel: 'cubic' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: large };
}
