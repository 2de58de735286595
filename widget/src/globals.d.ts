declare module "*.css?inline" {
  const css: string;
  export default css;
}

/** Set by the build: the package's `event()` tells what became of the event; the script of a tag carries no code for that. */
declare const PROMISES: boolean;
