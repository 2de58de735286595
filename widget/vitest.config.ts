import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "https://app.acme.test/reports?token=secret#top" } },
    css: true,
  },
});
