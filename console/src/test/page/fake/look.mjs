// Pictures of the pages, with axe's findings, what the browser logs, and pages that are wider than the screen:
// node src/test/page/fake/look.mjs FOLDER [URL] [PAGE…]
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [folder, address = "http://127.0.0.1:8123/console/", ...only] = process.argv.slice(2);
const pages = only.length > 0 ? only : ["swarm", "training", "experiments", "tasks", "contracts", "members", "audit"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 390], ["dark", 390]]) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: width < 500 ? 844 : 900 }, ignoreHTTPSErrors: true });
  for (const page of pages) {
    const tab = await context.newPage();
    const logged = [];
    tab.on("console", (message) => ["error", "warning"].includes(message.type()) && logged.push(message.text()));
    tab.on("pageerror", (error) => logged.push(String(error)));
    await tab.goto(`${address}#/${page}`);
    await tab.waitForTimeout(1200);
    const name = page.replace(/[^a-z0-9]+/gi, "-");
    await tab.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await tab.evaluate(axe);
    const found = await tab.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
    const findings = found.violations.map((each) => `${each.impact} ${each.id}: ${each.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ")}`);
    console.log(`${page} ${colorScheme} ${width}: ${[...findings, ...logged, wide > 0 ? `wider by ${wide} px` : ""].filter(Boolean).join("\n    ") || "fine"}`);
    await tab.close();
  }
  await context.close();
}
await browser.close();
