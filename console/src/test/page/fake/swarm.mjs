// An invented swarm in the API's JSON, for whoever works on the pages.
const HEX = "0123456789abcdef";

/** A generator of numbers from 0 to 1 that is the same each time. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function hex(next, digits) {
  return Array.from({ length: digits }, () => HEX[Math.floor(next() * 16)]).join("");
}

const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();

export function invent({ sites = 5, rounds = 240 } = {}) {
  const next = random(7);
  const organisations = ["Charité Berlin", "AP-HP Paris", "Karolinska Stockholm"];
  const names = Array.from({ length: sites }, (_, i) => (i < 26 ? `hospital-${"abcdefghijklmnopqrstuvwxyz"[i]}` : `hospital-${i}`));
  const address = names.map(() => "0x" + hex(next, 40));
  const members = [
    ...organisations.map((organisation, i) => ({
      name: `org-${"abc"[i]}`,
      organisation,
      account: "0x" + hex(next, 40),
      roles: i === 0 ? ["admin", "agent", "job", "network", "observer", "owner", "site"] : ["network", "observer"],
      status: "active",
      certificateKey: hex(next, 64),
      spiffeId: null,
    })),
    ...names.map((name, i) => ({
      name,
      organisation: organisations[i % 3],
      account: address[i],
      roles: ["site"],
      status: i === 4 ? "suspended" : "active",
      certificateKey: hex(next, 64),
      spiffeId: null,
    })),
    {
      name: "<script>alert(1)</script>",
      organisation: "Nobody & Sons",
      account: "0x" + hex(next, 40),
      roles: ["observer"],
      status: "pending",
      certificateKey: hex(next, 64),
      spiffeId: "spiffe://nobody.example/site/with/a/rather/long/path",
    },
  ];
  const quality = names.map(() => 0.85 + next() * 0.35);
  const round = (n) => {
    const its = random(n + 99);
    const participants = names
      .map((site, i) => ({
        account: address[i],
        site,
        weight: 100 + 37 * (i % 5),
        loss: quality[i] * (0.25 + 2.1 * Math.exp(-n / (rounds / 5))) * (0.95 + its() * 0.1),
        metric: Math.min(0.99, 0.93 - 0.8 * Math.exp(-n / (rounds / 6)) - (quality[i] - 0.85) * 0.2 + its() * 0.02),
        epochs: (n + 1) * 0.5,
        totalEpochs: Math.ceil(rounds * 0.6),
        norm: (i === 1 ? 0 : 0.8 * quality[i]) * Math.exp(-n / rounds) * (0.95 + its() * 0.1),
        cosine: i === 1 ? null : i === 3 ? -0.3 + its() * 0.1 : 0.75 + its() * 0.2,
        bytes: 1_234_567 * 4,
      }))
      .filter((_, i) => i % 5 !== 2 || its() > 0.3);
    const weight = participants.reduce((sum, each) => sum + each.weight, 0);
    const mean = (what) => participants.reduce((sum, each) => sum + each[what] * each.weight, 0) / weight;
    const closed = (rounds - 1 - n) * 21 + 14;
    const waited = 12 + its() * 6;
    return {
      round: n,
      method: "mean",
      openedAt: ago(closed + waited),
      closedAt: ago(closed),
      publishedAt: ago(closed - 0.42),
      closedBy: participants.length === sites ? "all-live" : "grace-period",
      participants,
      leftOut: names.filter((site) => !participants.some((each) => each.site === site)),
      meanLoss: mean("loss"),
      meanMetric: mean("metric"),
      baseHash: hex(random(n), 64),
      modelHash: hex(random(n + 1), 64),
      recordHash: hex(random(n + 5000), 64),
      parameters: 1_234_567,
      chunks: 5,
      iterations: 0,
      mergedNorm: 0.5 * Math.exp(-n / rounds),
      bytes: participants.length * 1_234_567 * 4,
      anchor:
        n < rounds - 1
          ? { round: n, recordHash: hex(random(n + 5000), 64), modelHash: hex(random(n + 1), 64), block: 1000 + n * 7, transaction: "0x" + hex(random(n + 1), 64), at: ago(closed - 3) }
          : null,
      anchored: n < rounds - 1,
      collectingMs: Math.round(waited * 1000),
      mergingMs: 420,
      anchoringMs: n < rounds - 1 ? 2600 : null,
    };
  };
  const contracts = [
    {
      name: "digits", contract: "digits.2", generation: 2, status: "open", owner: members[0].account, coordinator: members[0].account,
      method: "mean", minPeers: 2, gracePeriodMs: 30_000, parameters: 1_234_567, encoding: "float32", payloadHash: "blake3", optimizer: "none", privacy: "dp(clip=1,noise=1.1,delta=0.00001)", privacyLoss: "epsilon 32.9 at delta 1e-05 after 30 rounds", adaptiveInterval: 0,
      layoutHash: hex(next, 64), limits: "norm median*100", sites: names.map((name, i) => ({ name, account: address[i], maxWeight: 500 })),
      draft: "encoding=float32\ngrace-period-ms=30000\nmax-weight=500\nmerge-method=mean\nmin-peers=2\npayload-hash=blake3",
    },
    {
      name: "covid-xray", contract: "covid-xray", generation: 1, status: "draft", owner: null, coordinator: null, method: null, minPeers: null,
      gracePeriodMs: null, parameters: null, encoding: null, adaptiveInterval: null, layoutHash: null, limits: null, payloadHash: null, optimizer: null, privacy: null, privacyLoss: null, sites: [],
      draft: "encoding=float16\ngrace-period-ms=60000\nmax-weight=1\nmerge-method=trimmedmean:1\nmin-peers=3\npayload-hash=blake3",
    },
  ];
  return { next, hex, names, address, members, round, contracts, rounds, sites, organisations, ago };
}
