// Runs `npm ci` in the working folder, unless node_modules already holds what package-lock.json asks for.
// The builds of embedded/ and connectors/chain/ call it; a build that has nothing to install pays for one small read.
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";

const lock = "package-lock.json";
const stamp = "node_modules/.installed-package-lock.json";

if (!existsSync(stamp) || !readFileSync(lock).equals(readFileSync(stamp))) {
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error(`npm ci failed in ${process.cwd()}; it needs Node 20 or later and a package registry`);
    process.exit(npm.status ?? 1);
  }
  // Only now: an installation that was broken off is done again.
  copyFileSync(lock, stamp);
}
