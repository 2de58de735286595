// Builds dist/v1.js, the one file that pages load. The finished file takes its place in one step, so that nobody reads half of it.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minify } from "terser";

export const LIMIT = 4096;

/** `x.css?inline` is the text of the minified style sheet, as in vitest. */
const inlineCss = {
  name: "inline-css",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.css\?inline$/ }, ({ path, resolveDir }) => ({
      path: `${resolveDir}/${path.replace("?inline", "")}`,
      namespace: "inline-css",
    }));
    onLoad({ filter: /./, namespace: "inline-css" }, async ({ path }) => ({
      contents: (await transform(readFileSync(path, "utf8"), { loader: "css", minify: true })).code.trim(),
      loader: "text",
      watchFiles: [path],
    }));
  },
};

export async function bundle() {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("../src/index.ts", import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2021",
    tsconfigRaw: {}, // Keeps "use strict" out.
    mangleProps: /_$/,
    plugins: [inlineCss],
    logLevel: "warning",
  });
  // esbuild bundles; terser folds across modules, which esbuild does not, and saves the last 4 %.
  const { code } = await minify(result.outputFiles[0].text, {
    ecma: 2020,
    toplevel: true,
    format: { ascii_only: true }, // The page's encoding is not ours to know.
    compress: { passes: 4, unsafe_arrows: true, keep_fargs: false, lhs_constants: false },
  });
  return code;
}

export const gzipSize = (code) => gzipSync(code, { level: 9 }).length;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const code = await bundle();
  const folder = fileURLToPath(new URL("../dist/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}v1.js.${process.pid}`, code);
  renameSync(`${folder}v1.js.${process.pid}`, `${folder}v1.js`);
  console.log(`widget/dist/v1.js: ${gzipSize(code)} of ${LIMIT} bytes gzip`);
}
