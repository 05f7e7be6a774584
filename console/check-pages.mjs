// Checks the types of the pages and runs the tests of their logic, unless nothing has changed since they last passed, or
// an argument is true: Maven's options that skip tests.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { APIS } from "./api-types.mjs";

// A check takes half a minute on two busy cores; one that hangs must not hold a build for ever.
const LIMIT_MS = 10 * 60_000;
const STAMP = "target/checked-pages.txt";

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

function run(program, ...args) {
  const done = spawnSync(process.execPath, [join("node_modules", program), ...args], {
    stdio: "inherit",
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
  });
  if (done.error?.code === "ETIMEDOUT") {
    console.error(`${program} ${args.join(" ")} did not end within ${LIMIT_MS / 60_000} minutes in ${process.cwd()}`);
    process.exit(1);
  }
  if (done.status !== 0) {
    console.error(`${program} ${args.join(" ")} failed in ${process.cwd()}`);
    process.exit(done.status ?? 1);
  }
}

if (process.argv.slice(2).includes("true")) {
  process.exit(0);
}
const settings = readdirSync(".").filter((name) => statSync(name).isFile());
const hash = createHash("sha256");
for (const file of [...settings, ...filesBelow("src/main/page"), ...filesBelow("src/test/page"), ...APIS.map((api) => fileURLToPath(api.document))]) {
  hash.update(file).update(readFileSync(file));
}
const state = hash.digest("hex");
if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== state) {
  run("svelte-check/bin/svelte-check", "--tsconfig", "tsconfig.json", "--fail-on-warnings");
  run("vitest/vitest.mjs", "run");
  writeFileSync(STAMP, state);
}
