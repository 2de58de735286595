// @vitest-environment node
/** Proves that the one file stays within its 4,096 bytes, stands alone and is plain ASCII. */
import { expect, test } from "vitest";
// @ts-expect-error The build script is JavaScript.
import { bundle, gzipSize, LIMIT } from "../scripts/build.mjs";

const code: string = await bundle();

test("The script is at most 4,096 bytes gzip", () => {
  expect(LIMIT).toBe(4096);
  expect(gzipSize(code)).toBeLessThanOrEqual(LIMIT);
});

test("The script is one function, without imports, eval or HTML parsing, in ASCII", () => {
  expect(code).toMatch(/^\(\(\)=>\{[\s\S]*\}\)\(\);\s*$/);
  expect(code).not.toMatch(/\bimport\b|\brequire\b|\beval\b|new Function|innerHTML|insertAdjacentHTML|document\.write/);
  expect(code).not.toMatch(/[^\x00-\x7f]/);
});
