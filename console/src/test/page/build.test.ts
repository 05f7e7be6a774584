import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { APIS, committed, types } from "../../../api-types.mjs";

const CLASSES = "target/classes/io/swarmstream/console";
const SOURCES = "src/main/page";
/** Of the network console, and of the two pages that programs show their owner. */
const SETS = [
  { folder: join(CLASSES, "page"), starts: ["index.html"], mostBytes: 300_000 },
  { folder: join(CLASSES, "own"), starts: ["mysite.html", "agent.html"], mostBytes: 100_000 },
];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

describe.each(SETS)("the built pages in $folder", ({ folder, starts, mostBytes }) => {
  it("are small: all of them, compressed", () => {
    const sizes = filesBelow(folder).filter((name) => name.endsWith(".gz")).map((name) => statSync(name).size);
    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(mostBytes);
  });

  it("have no inline script, no inline style, and name no other host", () => {
    for (const start of starts) {
      const html = readFileSync(join(folder, start), "utf8");
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
      expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
      expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    }
    for (const css of filesBelow(folder).filter((name) => name.endsWith(".css"))) {
      expect(readFileSync(css, "utf8")).not.toMatch(/url\(|@import/);
    }
  });

  it("pass on the licences of what is in them", () => {
    const told = readFileSync(join(folder, "licences.txt"), "utf8");
    expect(told).toContain("svelte");
    expect(told).toContain("uplot");
    expect(told).toContain("clsx"); // which svelte brings
  });
});

describe("the sources", () => {
  const sources = filesBelow(SOURCES).filter((name) => /\.(svelte|ts)$/.test(name));

  it("write text only through Svelte's escaping", () => {
    for (const name of sources) {
      expect(readFileSync(name, "utf8"), name).not.toMatch(/\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
    }
  });

  it("have no style attributes, which the policy blocks", () => {
    for (const name of sources.filter((each) => each.endsWith(".svelte"))) {
      expect(readFileSync(name, "utf8"), name).not.toMatch(/\sstyle=/);
    }
  });

  it("know each API as its document describes it", () => {
    for (const api of APIS) {
      expect(committed(api), "run 'node api-types.mjs' in console/").toBe(types(api));
    }
  });
});
