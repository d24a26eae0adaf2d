declare module 'imagetracerjs' {
  interface Tracer {
    /** @param image RGBA, 8 bits a channel */
    imagedataToSVG(
      image: { width: number; height: number; data: Uint8Array },
      options: Readonly<Record<string, number | boolean>>,
    ): string;
  }
  const tracer: Tracer;
  export default tracer;
}
