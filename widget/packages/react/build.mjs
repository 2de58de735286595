// Builds dist: one module, and its types. React and @conclude/widget stay imports.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));

/** The types of @conclude/widget must be there. */
export const buildReact = async () => {
  const dist = join(root, "dist");
  mkdirSync(dist, { recursive: true });
  const folder = mkdtempSync(join(dist, ".new-"));
  try {
    await build({
      entryPoints: [join(root, "src/index.ts")],
      outfile: join(folder, "src/index.js"),
      bundle: true,
      packages: "external",
      format: "esm",
      target: "es2021",
      // Frameworks with server components ask for it where hooks are.
      banner: { js: '"use client";' },
      logLevel: "warning",
    });
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
    execFileSync(process.execPath, [tsc, "-p", root, "--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rootDir", root, "--outDir", folder], { stdio: "inherit" });
    for (const name of readdirSync(join(folder, "src"))) {
      const path = join(folder, "src", name);
      // As every version of TypeScript finds them.
      if (name.endsWith(".d.ts")) writeFileSync(path, readFileSync(path, "utf8").replace(/(from "\.\/\w+)\.ts"/g, '$1.js"'));
      renameSync(path, join(dist, name));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};
