// Builds what the server embeds, dist/v1.js, and the packages, packages/*/dist. Finished files take their places in one step, so that nobody reads half of one.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { buildReact } from "../packages/react/build.mjs";

export const LIMIT = 4096;

const root = fileURLToPath(new URL("..", import.meta.url));

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

const bundleOf = async (entry, options) => {
  const result = await build({
    entryPoints: [join(root, "src", entry)],
    bundle: true,
    write: false,
    target: "es2021",
    tsconfigRaw: {}, // Keeps "use strict" out.
    plugins: [inlineCss],
    logLevel: "warning",
    ...options,
  });
  return result.outputFiles[0].text;
};

/** The script of a tag. */
export async function bundle() {
  const text = await bundleOf("index.ts", {
    format: "iife",
    minify: true,
    mangleProps: /_$/,
    define: { PROMISES: "false" },
  });
  // esbuild bundles; terser folds across modules, which esbuild does not, and saves the last 4 %.
  const { code } = await minify(text, {
    ecma: 2020,
    toplevel: true,
    format: { ascii_only: true }, // The page's encoding is not ours to know.
    // Chosen by what gzip makes of them.
    compress: { passes: 4, sequences: false, booleans_as_integers: true, unsafe_arrows: true, keep_fargs: false, lhs_constants: false },
  });
  return code;
}

/** The package's module: readable, because whoever bundles it minifies. */
export const bundleModule = () => bundleOf("module.ts", { format: "esm", charset: "utf8", define: { PROMISES: "true" } });

/** The types that `module.ts` declares; it takes none from other files. */
export const declarations = () => {
  const folder = mkdtempSync(join(root, "dist", "types-"));
  try {
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
    execFileSync(process.execPath, [tsc, "-p", root, "--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", folder], { stdio: "inherit" });
    return readFileSync(join(folder, "src", "module.d.ts"), "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const gzipSize = (code) => gzipSync(code, { level: 9 }).length;

const put = (folder, name, text) => {
  const path = join(root, folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const code = await bundle();
  mkdirSync(join(root, "dist"), { recursive: true });
  put("packages/widget/dist", "index.js", await bundleModule());
  put("packages/widget/dist", "index.d.ts", declarations());
  await buildReact();
  put("dist", "v1.js", code); // Last: its time says that all is built.
  console.log(`widget/dist/v1.js: ${gzipSize(code)} of ${LIMIT} bytes gzip`);
}
