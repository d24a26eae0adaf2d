/** The bundler puts the file's bytes into the page. */
declare module '*.png' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
