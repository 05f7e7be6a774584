/** A merge method as the form explains it; `needs` sites with F bad ones. */
export interface Method {
  name: string;
  text: string;
  help: string;
  tolerates: boolean;
  /** Whether deltas that have their largest values only can be merged with it. */
  sparse: boolean;
  needs: (bad: number) => number;
}

const one = () => 1;

export const METHODS: Method[] = [
  { name: "mean", text: "weighted mean", help: "For sites that trust each other.", tolerates: false, sparse: true, needs: one },
  { name: "coordmedian", text: "median of each value", help: "For sites that may send bad deltas, and have similar data.", tolerates: false, sparse: false, needs: one },
  { name: "geomedian", text: "geometric median", help: "For sites that may send bad deltas, and have similar data.", tolerates: false, sparse: true, needs: one },
  { name: "trimmedmean", text: "mean without the extremes", help: "For a known number of bad sites. Weights do not count.", tolerates: true, sparse: false, needs: (bad) => 2 * bad + 1 },
  { name: "multikrum", text: "mean of those that agree", help: "For a known number of bad sites.", tolerates: true, sparse: false, needs: (bad) => 2 * bad + 3 },
  { name: "bulyan", text: "mean of the values nearest to the median, of those that agree", help: "For a known number of bad sites, when many take part and have similar data. Weights do not count.", tolerates: true, sparse: false, needs: (bad) => 4 * bad + 3 },
];

export const ENCODINGS: Record<string, string> = {
  float32: "The values unchanged, 4 bytes each.",
  float16: "2 bytes each, 11 significant bits; values up to 65,504.",
  bfloat16: "2 bytes each, 8 significant bits, the range of float32.",
  int8: "About 1 byte each, with a scale for each block.",
  int4: "Half a byte each, with a scale for each block. What is rounded off is sent later.",
  topk: "The largest values only, 2 bytes and an index each. The others stay at the site and are sent later. Round 0 sends whole models.",
};

export const PAYLOAD_HASHES: Record<string, string> = {
  blake3: "What proves that no payload was altered is computed with BLAKE3, which is fast on every processor.",
  "sha-256": "What proves that no payload was altered is computed with SHA-256, which is fast only on processors with instructions for it.",
};

export const OPTIMIZERS: Record<string, string> = {
  none: "The merged delta is added to the model as it is.",
  momentum: "Keeps a part of earlier steps. Usual: lr=1, momentum=0.9.",
  nesterov: "The same, looking ahead: for sites that train long between rounds (DiLoCo). Usual: lr=0.7, momentum=0.9.",
  adagrad: "Smaller steps where deltas were large. Usual: lr=0.01, tau=0.001.",
  adam: "A step size for each value, from deltas of late. Usual: lr=0.01, beta1=0.9, beta2=0.99, tau=0.001.",
  yogi: "As adam, with step sizes that change more slowly. Usual: as adam.",
};

/** As the node takes it: a name, and the parameters that were given. */
export function optimizerOf(name: string, parameters: string): string {
  const given = parameters.replace(/\s+/g, "");
  return name === "none" || given === "" ? name : `${name}:${given}`;
}

export const PRIVACY: Record<string, string> = {
  none: "Sites send their deltas as they are.",
  dp: "Each site scales its delta down to a greatest length and adds noise, so that little can be learned of any one site. For the weighted mean, with sites that all count alike.",
};

/** As the node takes it; delta may be left out. */
export function privacyOf(name: string, clip: string, noise: string, delta: string): string {
  const given = [`clip=${clip.trim()}`, `noise=${noise.trim()}`, ...(delta.trim() ? [`delta=${delta.trim()}`] : [])];
  return name === "none" ? name : `${name}(${given.join(",")})`;
}

/** As the contract's terms hold it: a word, and for topk the per cent of the values without superfluous zeros. */
export function encodingOf(word: string, perCent: string): string {
  const share = perCent.trim();
  return word === "topk" ? `topk:${share !== "" && Number.isFinite(Number(share)) ? Number(share) : share}` : word;
}

/** Why a merge method cannot merge deltas in an encoding; empty: it can. */
export function encodingFlaw(word: string, method: string, nearest: boolean): string {
  const sparse = METHODS.find((each) => each.name === method)?.sparse && !nearest;
  return word === "topk" && !sparse ? "topk leaves most values out, which this merge method would count as zeros: choose mean or geomedian without nnm, or int4." : "";
}

/** As the contract's terms hold it: [nnm+]NAME[:F]. */
export function specification(method: string, bad: number, nearest: boolean): string {
  const takes = nearest || METHODS.find((each) => each.name === method)?.tolerates;
  return `${nearest ? "nnm+" : ""}${method}${takes ? `:${bad}` : ""}`;
}

export function fewestSites(method: string, bad: number, nearest: boolean): number {
  const needs = METHODS.find((each) => each.name === method)?.needs(bad) ?? 1;
  return nearest ? Math.max(needs, 2 * bad + 1) : needs;
}
