import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { licences } from "./licences.mjs";

// Two sets of pages: those of the network console, and, in the mode "own", those that the node of a site and a task agent
// show their owner. Each program serves one set and nothing of the other.
const SETS: Record<string, { folder: string; starts: string[] }> = {
  page: { folder: "page", starts: ["index.html"] },
  own: { folder: "own", starts: ["mysite.html", "agent.html"] },
};

// Everything that a page needs is a file of its own beside it: the server's Content-Security-Policy allows
// no inline script, no inline style and no other host.
export default defineConfig(({ mode }) => {
  const { folder, starts } = (SETS[mode] ?? SETS.page)!;
  return {
    root: "src/main/page",
    base: "./",
    cacheDir: "../../../node_modules/.vite",
    publicDir: "static",
    plugins: [svelte({ configFile: false }), licences()],
    build: {
      outDir: `../../../target/classes/io/swarmstream/console/${folder}`,
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rollupOptions: { input: starts.map((start) => `src/main/page/${start}`) },
    },
    test: {
      root: ".",
      include: ["src/test/page/**/*.test.ts"],
      environment: "node",
    },
  };
});
