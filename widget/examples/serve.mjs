// Builds one of the examples in memory and serves it: node serve.mjs plain|module|react --key pk_test_… [--api …] [--port …] [--react 18]
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const { values: { key, api, port, react }, positionals: [example] } = parseArgs({
  allowPositionals: true,
  options: { key: { type: "string" }, api: { type: "string", default: "http://localhost:5080" }, port: { type: "string", default: "8080" }, react: { type: "string" } },
});
if (!["plain", "module", "react"].includes(example) || !key) {
  console.error("Usage: node serve.mjs plain|module|react --key pk_test_… [--api http://localhost:5080] [--port 8080] [--react 18]");
  process.exit(2);
}

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(at(path), "utf8");

const older = (name) => dirname(createRequire(at(`../packages/react/test/react-${react}/package.json`)).resolve(`${name}/package.json`));

const files = { "/style.css": ["text/css", read("style.css")] };
const entry = ["app.js", "app.jsx"].map((name) => at(`${example}/${name}`)).find(existsSync);
if (entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    // A development build, in which StrictMode does what it does.
    define: { CONCLUDE_KEY: JSON.stringify(key), CONCLUDE_API: JSON.stringify(api), "process.env.NODE_ENV": '"development"' },
    alias: react ? { react: older("react"), "react-dom": older("react-dom") } : {},
    logLevel: "warning",
  });
  files["/app.js"] = ["text/javascript", outputFiles[0].text];
}

const page = read(`${example}/index.html`).replaceAll("{{key}}", key).replaceAll("{{api}}", api);

/** Nothing is allowed but the page's own files, what carries the nonce, and requests to the Conclude server. */
const policy = (nonce) => [
  "default-src 'none'", `script-src ${entry ? "'self'" : `'nonce-${nonce}'`}`, `connect-src ${api}`, "style-src 'self'", "img-src data:",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join("; ");

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const [type, text] = files[pathname] ?? [];
  if (text) {
    response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "x-content-type-options": "nosniff" }).end(text);
  } else if (pathname === "/") {
    const nonce = randomBytes(16).toString("base64");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy(nonce) }).end(page.replaceAll("{{nonce}}", nonce));
  } else {
    response.writeHead(404).end();
  }
});
server.listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
