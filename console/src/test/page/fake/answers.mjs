// What a network node would answer, by path.
export function answers(swarm, me) {
  const { names, address, members, round, contracts, rounds, ago, organisations } = swarm;
  let notes = { notes: "Second try, with a lower learning rate.", tags: ["baseline", "lr-0.01"] };
  let verification = null;
  const down = names.length > 2 ? 2 : -1;
  const parts = [
    part("kafka", "kafka", "Kafka", { state: "ok", address: "kafka.org-a.example:9093", details: [{ name: "brokers", value: "3" }] }),
    part("chain", "chain", "Chain", { state: "ok", details: [{ name: "newest block", value: "2,731" }, { name: "sealers", value: "3" }] }),
    part("job", "job", "Training job", { member: "org-a", organisation: organisations[0], state: "ok", lastHeard: ago(14), details: [{ name: "newest round", value: `digits.2 ${rounds - 1}` }] }),
    ...organisations.map((organisation, i) =>
      part(`network-${i}`, "network", `org-${"abc"[i]}`, { member: `org-${"abc"[i]}`, organisation, sentinel: i === 0, address: `https://network.org-${"abc"[i]}.example:30304`, certificateDays: i === 0 ? 71 : null, state: i === 1 ? "warn" : "ok", sentence: i === 1 ? "Its certificate expires in 6 days: run 'swarm network certificate --renew' there." : null }),
    ),
    part("agent-0", "agent", "host-1", { member: "host-1", organisation: organisations[1], state: "unknown", lastHeard: null, version: null }),
    ...names.map((name, i) =>
      part(`site-${i}`, "site", name, {
        member: name, organisation: organisations[i % 3], state: i === down ? "down" : "ok", since: ago(i === down ? 740 : 86_000), lastHeard: ago(i === down ? 740 : 4),
        sentence: i === down ? `Nothing was heard of site ${name} for 12 minutes: start its node with 'swarm site start', or look at its log.` : null,
      }),
    ),
  ].sort((a, b) => rank(a) - rank(b));

  function part(id, kind, name, more) {
    return { id, kind, name, member: null, organisation: null, state: "ok", since: ago(86_400), sentence: null, version: "0.1.0", address: null, certificateDays: null, sentinel: false, lastHeard: ago(3), details: [], ...more };
  }
  function rank(a) {
    return ["down", "warn", "unknown", "ok"].indexOf(a.state);
  }

  const links = [
    { from: "network-0", to: "kafka" }, { from: "network-0", to: "chain" }, { from: "job", to: "kafka" },
    ...names.map((_, i) => ({ from: `site-${i}`, to: `network-${i % 3}` })),
  ];
  const newest = round(rounds - 1);
  const performance = () => ({
    contract: "digits.2", leader: "org-a", leaderAccount: members[0].account, round: rounds - 1,
    sites: names.map((site, i) => {
      const its = newest.participants.find((each) => each.site === site);
      return { site, account: address[i], training: i !== down, round: its ? rounds - 1 : rounds - 2, weight: 100, loss: its?.loss ?? null, metric: its?.metric ?? null, epochs: rounds / 2, totalEpochs: Math.ceil(rounds * 0.6), reportedAt: i === down ? null : ago(5) };
    }),
  });
  const series = (asked) => {
    const from = Number(asked.get("from") ?? 0);
    const to = Math.min(Number(asked.get("to") ?? rounds - 1), rounds - 1);
    const points = Number(asked.get("points") ?? 600);
    const step = Math.max(1, Math.ceil((to - from + 1) / points));
    const all = [];
    for (let n = from; n <= to; n += step) {
      all.push(round(n));
    }
    const bound = (what, how) => all.map((each) => how(...each.participants.map((p) => p[what] ?? 0)));
    const curve = (what) => ({ mean: all.map((each) => each.participants.reduce((sum, p) => sum + (p[what] ?? 0), 0) / each.participants.length), min: bound(what, Math.min), max: bound(what, Math.max) });
    const its = (site, what) => all.map((r) => r.participants.find((p) => p.site === site)?.[what] ?? null);
    return {
      contract: "digits.2", from, to, step, rounds: all.map((each) => each.round),
      loss: { mean: all.map((r) => r.meanLoss), min: bound("loss", Math.min), max: bound("loss", Math.max) },
      metric: { mean: all.map((r) => r.meanMetric), min: bound("metric", Math.min), max: bound("metric", Math.max) },
      participants: all.map((r) => r.participants.length), seconds: all.map((r) => r.collectingMs / 1000),
      norm: curve("norm"), cosine: curve("cosine"), mergedNorm: all.map((r) => r.mergedNorm),
      sites: (asked.get("sites") ?? "").split(",").filter(Boolean).map((site) => ({
        site,
        loss: its(site, "loss"), metric: its(site, "metric"), weight: its(site, "weight"),
        norm: its(site, "norm"), cosine: its(site, "cosine"), bytes: its(site, "bytes"),
      })),
    };
  };
  const page = (asked) => {
    const before = Number(asked.get("before") ?? rounds);
    const newest = Number(asked.get("newest") ?? 50);
    return Array.from({ length: Math.min(newest, before) }, (_, i) => round(before - 1 - i)).reverse();
  };
  const standings = (asked) => {
    const offset = Number(asked.get("offset") ?? 0);
    const limit = Number(asked.get("limit") ?? 50);
    const remark = (i) => (i === 1 ? { code: "still", sentence: `${names[i]} does not move: its last 3 deltas have length 0. Its trainer does not change the weights; look at its learning rate, and whether it sends back the model that it was given.` } : i === 3 ? { code: "opposed", sentence: `${names[i]} pulls against the others: the cosine of its last 3 deltas to the merge is below 0, at last -0.27; half of the sites have 0.84 or more. Look at its data, its labels and its learning rate.` } : null);
    const figures = (site) => { const its = newest.participants.find((each) => each.site === site); return { norm: its?.norm ?? null, cosine: its?.cosine ?? null, bytes: its?.bytes ?? null }; };
    const all = performance().sites.map((site, i) => ({ ...site, ...figures(site.site), remark: remark(i), rounds: i % 5 === 2 ? Math.floor(rounds * 0.7) : rounds, share: i % 5 === 2 ? 0.7 : 1, leftOut: i % 5 === 2 ? Math.floor(rounds * 0.3) : 0, lastHeard: i === down ? ago(740) : ago(4) }));
    const order = asked.get("order") ?? "name";
    all.sort(order === "odd" ? (a, b) => (a.remark === null) - (b.remark === null) : order === "loss" ? (a, b) => (b.loss ?? -1) - (a.loss ?? -1) : order === "slowest" ? (a, b) => b.leftOut - a.leftOut : (a, b) => a.site.localeCompare(b.site));
    return { contract: "digits.2", total: all.length, remarks: all.filter((each) => each.remark).length, offset, sites: all.slice(offset, offset + limit) };
  };
  const experiments = () => [
    { contract: "digits.2", name: "digits", generation: 2, status: "running", method: "mean", firstRoundAt: ago(rounds * 21), lastRoundAt: ago(14), rounds, lastRound: rounds - 1, sites: names.length, bestLoss: round(rounds - 1).meanLoss, bestLossRound: rounds - 1, bestMetric: round(rounds - 1).meanMetric, bestMetricRound: rounds - 1, finished: false, ...notes, notedBy: "org-a", notedAt: ago(3600) },
    { contract: "digits", name: "digits", generation: 1, status: "ended", method: "coordmedian", firstRoundAt: ago(400_000), lastRoundAt: ago(300_000), rounds: 80, lastRound: 79, sites: 3, bestLoss: 0.61, bestLossRound: 71, bestMetric: 0.81, bestMetricRound: 77, finished: true, notes: "", tags: ["median"], notedBy: null, notedAt: null },
    { contract: "covid-xray", name: "covid-xray", generation: 1, status: "draft", method: null, firstRoundAt: null, lastRoundAt: null, rounds: 0, lastRound: null, sites: 0, bestLoss: null, bestLossRound: null, bestMetric: null, bestMetricRound: null, finished: false, notes: "", tags: [], notedBy: null, notedAt: null },
  ];
  const tasks = [
    { name: "user-env", type: "MAKE_USER_CONTAINER", author: "Alice", prerequisite: "ROOTTASK", outcome: "user-env-torch", account: members[0].account, member: "org-a", isFinalised: true, bodyHash: "ab".repeat(32), bodyLines: 6, createdAt: ago(90_000) },
    { name: "run-digits", type: "RUN_SWARM", author: "Alice", prerequisite: "user-env", outcome: "run-digits", account: members[0].account, member: "org-a", isFinalised: false, bodyHash: null, bodyLines: 9, createdAt: ago(80_000) },
  ];
  const runners = [
    { name: "defaulttaskbb.taskdb.sml.hpe", state: "RUNNING", run: 3, task: "user-env", type: "MAKE_USER_CONTAINER", required: 2, isForAll: true, assignedBy: members[0].account, assignedAt: ago(60), enrolled: 2, active: 1, completed: 1, failed: 0, changedAt: ago(5) },
    { name: "gpu-hosts", state: "IDLE", run: null, task: null, type: null, required: null, isForAll: null, assignedBy: null, assignedAt: null, enrolled: 0, active: 0, completed: 0, failed: 0, changedAt: ago(90_000) },
  ];
  const agents = [
    { account: address[0], member: "host-1", sites: 2, called: 1, attempt: 1, enrolledAt: ago(58), peers: [{ index: 0, uid: "host-1", state: "RUNNING", description: "Build thread has started", at: ago(40) }] },
    { account: address[1], member: "host-2", sites: 1, called: 1, attempt: 1, enrolledAt: ago(57), peers: [{ index: 0, uid: "host-2", state: "COMPLETE", description: "Image user-env-torch is there", at: ago(5) }] },
  ];
  const audit = Array.from({ length: 340 }, (_, i) => ({ block: 10 + i * 3, at: ago((340 - i) * 900), transaction: "0x" + i.toString(16).padStart(64, "0"), actor: members[i % 3].account, member: members[i % 3].name, certificateKey: members[i % 3].certificateKey, onBehalfOf: i % 9 === 4 ? names[0] : null, act: ["MemberInvited", "MemberAdmitted", "RoundAnchored", "SiteEnrolled", "DraftSet"][i % 5], details: `name=${names[i % names.length]}, round ${i}` }));
  const refused = [{ code: "unknown-key", detail: "the certificate's key 1234 is bound to no member; bind it with the member's account, or enrol", request: "GET /v1/members", address: "10.0.0.7", certificateKey: "cd".repeat(32), member: null, first: ago(5000), last: ago(40), count: 12 }];
  const rejections = [
    { site: names[2] ?? "x", account: address[2] ?? null, round: rounds - 3, chunk: 4, reason: "too-late", field: null, message: `round ${rounds - 3} was closed 2.1 s before site ${names[2]} was complete; train on the newest model and contribute to the next round`, at: ago(60) },
    { site: names[2] ?? "x", account: address[2] ?? null, round: rounds - 8, chunk: null, reason: "wrong-base", field: "baseHash", message: "the contribution was trained from an older model; load the newest model before training", at: ago(160) },
  ];
  const text = (body) => (typeof body === "string" && body ? body : "{}");

  const kept = new Map();
  return (method, url, body) => {
    const isSlow = method === "GET" && /series|overview|sites/.test(url.pathname);
    if (isSlow && kept.has(url.href)) return kept.get(url.href);
    const said = answer(method, url, body);
    if (isSlow) kept.set(url.href, said);
    return said;
  };

  function answer(method, url, body) {
    const path = decodeURIComponent(url.pathname);
    const asked = url.searchParams;
    if (method === "POST" && path === "/v1/console/sessions") return {};
    if (path === "/v1/me") return me;
    if (path === "/v1/topology") return { parts, links };
    if (path === "/v1/members") return members;
    if (path === "/v1/contracts") return contracts;
    if (path === "/v1/experiments") return experiments();
    if (method === "PUT" && path.endsWith("/notes")) {
      const said = JSON.parse(text(body));
      notes = { notes: said.text, tags: said.tags };
      return {};
    }
    if (path === "/v1/tasks" && method === "GET") return tasks;
    if (path === "/v1/taskrunners") return runners;
    if (/^\/v1\/taskrunners\/[^/]+\/agents$/.test(path)) return path.includes("default") ? agents : [];
    if (/^\/v1\/tasks\/[^/]+\/body$/.test(path)) return { name: "user-env", bodyHash: "ab".repeat(32), lines: ["BuildContext: ~", "BuildSteps:", "- FROM python:3.12", "- RUN pip install torch", "BuildType: INLINE"] };
    if (path === "/v1/health") return { state: "ok", block: 1200, certificateDays: 71, sealers: 3, problems: [] };
    if (path === "/v1/audit") return audit.filter((each) => each.block >= Number(asked.get("from") ?? 0));
    if (path === "/v1/audit/refused") return refused;
    if (path === "/v1/invitations") return { swarmstream: "invitation", version: 1, name: "hospital-x", token: "secret" };
    const contract = /^\/v1\/contracts\/([^/]+)(\/.*)?$/.exec(path);
    if (contract) {
      const [, name, rest = ""] = contract;
      if (name !== "digits" && name !== "digits.2") {
        const found = contracts.find((each) => each.name === name);
        if (rest === "" && found) return found;
        if (rest === "/series") return { contract: name, from: 0, to: -1, step: 1, rounds: [], loss: { mean: [], min: [], max: [] }, metric: { mean: [], min: [], max: [] }, participants: [], seconds: [], norm: { mean: [], min: [], max: [] }, cosine: { mean: [], min: [], max: [] }, mergedNorm: [], sites: [] };
        if (rest === "/sites") return { contract: name, total: 0, remarks: 0, offset: 0, sites: [] };
        if (rest === "/performance") return { contract: name, leader: null, leaderAccount: null, round: null, sites: [] };
        if (rest === "/verification") return { contract: name, state: "none", rounds: [], findings: [] };
        return found ? [] : undefined;
      }
      if (rest === "") return contracts[0];
      if (rest === "/performance") return performance();
      if (rest === "/overview") return page(asked).reverse().map((its) => ({ ...its, participants: its.participants.length, leftOut: its.leftOut.slice(0, 10), leftOutCount: its.leftOut.length }));
      if (rest === "/series") return series(asked);
      if (rest === "/sites") return standings(asked);
      if (rest === "/rejections") return rejections;
      if (rest === "/open") return { round: rounds, contributed: names.length - 1, minPeers: 2, missing: [names[2] ?? names[0]], missingCount: 1, absent: [], closesAt: ago(-16), at: ago(2) };
      const one = /^\/rounds\/(\d+)(\/verification)?$/.exec(rest);
      if (one && !one[2]) return round(Number(one[1]));
      if (rest.endsWith("/verification")) {
        if (method === "POST") {
          const which = one ? Number(one[1]) : null;
          verification = { contract: "digits.2", state: "done", round: which, startedAt: ago(3), endedAt: ago(0), progress: null, verdict: "proven", rounds: (which === null ? [0, 1, 2] : [which]).map((n) => ({ round: n, verdict: "proven", participants: names, contributions: names.length, findings: [], obstacle: null })), findings: [], problem: null };
        }
        return verification ?? { contract: "digits.2", state: "none", rounds: [], findings: [] };
      }
    }
    return method === "GET" ? undefined : {};
  }
}
