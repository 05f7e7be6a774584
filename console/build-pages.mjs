// Builds the pages into target/classes, compresses each file, and lists them in files.txt: what is listed is served
// and nothing else. Does nothing while the list is newer than every input.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { gzipSync } from "node:zlib";

const sources = "src/main/page";
const sets = ["page", "own"];
const classes = resolve("target/classes/io/swarmstream/console");

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

function isBuilt(list) {
  if (!existsSync(list)) {
    return false;
  }
  const built = statSync(list).mtimeMs;
  const settings = readdirSync(".").filter((name) => statSync(name).isFile());
  return [...settings, ...filesBelow(sources)].every((input) => statSync(input).mtimeMs < built);
}

for (const set of sets) {
  const page = join(classes, set);
  const list = join(page, "files.txt");
  if (isBuilt(list)) {
    continue;
  }
  rmSync(page, { recursive: true, force: true });
  const { build } = await import("vite");
  await build({ configFile: "vite.config.ts", mode: set, logLevel: "warn" });
  const files = filesBelow(page).filter((file) => !file.endsWith(".gz"));
  for (const file of files) {
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  }
  writeFileSync(list, files.map((file) => relative(page, file).split(sep).join("/") + "\n").join(""));
}
