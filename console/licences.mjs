// The licences of the packages in the bundle ask to be passed on with it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Writes licences.txt: what the licences of the packages in the bundle ask to be passed on. */
export function licences() {
  return {
    name: "licences",
    apply: "build",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
      const names = [...new Set(modules.flatMap((id) => PACKAGE.exec(id)?.[1] ?? []))].sort();
      this.emitFile({ type: "asset", fileName: "licences.txt", source: names.map(licence).join("\n\n") });
    },
  };
}

function licence(name) {
  const folder = join(import.meta.dirname, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (!file) {
    throw new Error(`package ${name} has no licence file; the pages may not contain it`);
  }
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
