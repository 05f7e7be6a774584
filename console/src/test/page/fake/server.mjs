// Serves the built pages with an invented swarm behind them: node src/test/page/fake/server.mjs [--sites N] [--rounds N] [--as observer|nobody]
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { answers } from "./answers.mjs";
import { invent } from "./swarm.mjs";

const { values } = parseArgs({ options: { sites: { type: "string" }, rounds: { type: "string" }, as: { type: "string" }, port: { type: "string" } } });
const PAGE = new URL("../../../../target/classes/io/swarmstream/console/page/", import.meta.url).pathname;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain" };
const HEADERS = {
  "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
};
const reader = values.as === "observer";
const me = {
  member: reader ? "hospital-b" : "org-a", organisation: reader ? "AP-HP Paris" : "Charité Berlin",
  roles: reader ? ["observer", "site"] : ["admin", "agent", "job", "network", "observer", "owner", "site"],
  by: "session", sessionEnds: null, node: { member: "org-a", organisation: "Charité Berlin", version: "0.1.0", kind: "network" }, acts: !reader, lacks: [],
  whyNot: reader ? "Acts are signed with your own key: open the console of your own network node, or use 'swarm network …'." : null,
};
const swarm = invent({ sites: Number(values.sites ?? 5), rounds: Number(values.rounds ?? 240) });
const answer = answers(swarm, values.as === "nobody" ? undefined : me);

createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname === "/v1/events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(": watching\n\n");
    return;
  }
  if (url.pathname.startsWith("/v1/")) {
    let body = "";
    for await (const part of request) body += part;
    const said = answer(request.method, url, body);
    const status = said === undefined ? (url.pathname === "/v1/me" ? 401 : 404) : 200;
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(said ?? { title: "refused", status, detail: status === 401 ? "This node serves members, who show a certificate." : `there is no ${url.pathname}`, code: "no-such", type: "about:blank" }));
    return;
  }
  const file = join(PAGE, normalize(url.pathname.replace(/^\/console/, "")).replace(/\/$/, "/index.html"));
  if (!existsSync(file)) {
    response.writeHead(url.pathname === "/" ? 303 : 404, { Location: "/console/" }).end();
    return;
  }
  response.writeHead(200, { ...HEADERS, "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}).listen(Number(values.port ?? 8123), "127.0.0.1", () => console.log(`http://127.0.0.1:${values.port ?? 8123}/console/`));
