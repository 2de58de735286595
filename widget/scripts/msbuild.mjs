// What the .NET build calls: installs what is missing and builds dist/v1.js, both only when out of date.
// A lock folder lets builds that run side by side wait for the first, and find its work done.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const at = (...parts) => join(root, ...parts);
const lock = at("dist", ".lock");

/** The form that MSBuild shows as an error. */
const fail = (code, text) => {
  console.error(`widget : error ${code}: ${text}`);
  process.exitCode = 1;
};

const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = (paths) => Math.max(...paths.map((path) => changed(path)));
const filesIn = (folder) => readdirSync(at(folder), { recursive: true }).map((name) => at(folder, name));

const run = (script) => spawnSync(`npm ${script}`, { cwd: root, shell: true, stdio: "inherit" }).status === 0;

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** True when the lock is ours; throws away the lock of a build that was killed. */
const tryLock = () => {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), `${process.pid}`);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  try {
    const pid = Number(readFileSync(join(lock, "pid"), "utf8"));
    if (pid && !isAlive(pid)) {
      const gone = `${lock}.${process.pid}`;
      renameSync(lock, gone);
      rmSync(gone, { recursive: true });
    }
  } catch {
    // Just made or just released: the next try sees.
  }
  return false;
};

const work = () => {
  const packages = [at("package.json"), at("package-lock.json"), at("packages", "widget", "package.json"), at("packages", "react", "package.json")];
  const sources = [...filesIn("src"), ...filesIn("scripts"), ...filesIn(join("packages", "react", "src")), at("packages", "react", "build.mjs"), ...packages];
  if (changed(at("dist", "v1.js")) >= newest(sources)) return;
  // npm writes this file last.
  if (changed(at("node_modules", ".package-lock.json")) < newest(packages) && !run("ci --no-audit --no-fund --loglevel=error")) {
    fail("WIDGET0002", "npm ci failed in widget/; see its output above.");
  } else if (!run("run --silent build")) {
    fail("WIDGET0003", "The widget does not build; see the output above.");
  }
};

if (Number(process.versions.node.split(".")[0]) < 20) {
  fail("WIDGET0001", `Node 20 or newer is needed to build the widget; this is ${process.version}.`);
} else {
  mkdirSync(at("dist"), { recursive: true });
  const end = Date.now() + 600_000;
  let locked = tryLock();
  while (!locked && Date.now() < end) {
    await sleep(200);
    locked = tryLock();
  }
  if (!locked) {
    fail("WIDGET0004", `Another build has held ${lock} for ten minutes; remove it if no build runs.`);
  } else {
    try {
      work();
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
}
