import { createRequire } from "node:module";
import { dirname } from "node:path";
import { defineConfig } from "vitest/config";

const from18 = createRequire(new URL("packages/react/test/react-18/package.json", import.meta.url));
const folder18 = (name: string): string => dirname(from18.resolve(`${name}/package.json`));

export default defineConfig({
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "https://app.acme.test/reports?token=secret#top" } },
    css: true,
    projects: [
      { extends: true, test: { name: "widget", include: ["test/**/*.test.ts"] } },
      { extends: true, test: { name: "react", include: ["packages/react/test/*.test.ts"] } },
      {
        extends: true,
        resolve: { alias: { react: folder18("react"), "react-dom": folder18("react-dom") } },
        test: { name: "react-18", include: ["packages/react/test/*.test.ts"] },
      },
    ],
  },
});
