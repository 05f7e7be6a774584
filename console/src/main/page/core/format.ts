/** What is shown where nothing is known; never 0. */
export const UNKNOWN = "–";

type Maybe<T> = T | null | undefined;

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A count with its thousands apart: 10,000. */
export function count(value: Maybe<number>): string {
  return known(value) ? grouped.format(value) : UNKNOWN;
}

/** A count with its noun: 1 site, 3 sites. */
export function counted(value: number, noun: string, plural = noun + "s"): string {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** A measured value with four significant digits: 0.4213, 1.2e-7. */
export function measure(value: Maybe<number>): string {
  if (!known(value)) {
    return UNKNOWN;
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    return value.toExponential(2).replace("e+", "e");
  }
  if (size >= 1000) {
    return value.toFixed(0);
  }
  const text = value.toPrecision(4);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A cosine, always with two decimals so that a column can be read down: 0.97, -0.30. */
export function cosine(value: Maybe<number>): string {
  return known(value) ? value.toFixed(2).replace(/^-(0\.00)$/, "$1") : UNKNOWN;
}

export function percent(value: Maybe<number>): string {
  return known(value) ? `${(value * 100).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %` : UNKNOWN;
}

export function bytes(value: Maybe<number>): string {
  if (!known(value)) {
    return UNKNOWN;
  }
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size < 10 && unit > 0 ? size.toFixed(1) : size.toFixed(0)} ${units[unit]}`;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in its two greatest units: 420 ms, 14 s, 3 min 20 s, 2 h 5 min, 3 d 4 h. */
export function duration(ms: Maybe<number>): string {
  if (!known(ms) || ms < 0) {
    return UNKNOWN;
  }
  if (ms < SECOND) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 10 * SECOND) {
    return `${(ms / SECOND).toFixed(1)} s`;
  }
  if (ms < MINUTE) {
    return `${Math.floor(ms / SECOND)} s`;
  }
  if (ms < HOUR) {
    return two(ms, MINUTE, "min", SECOND, "s");
  }
  return ms < DAY ? two(ms, HOUR, "h", MINUTE, "min") : two(ms, DAY, "d", HOUR, "h");
}

function two(ms: number, great: number, greatUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % great) / small);
  return `${Math.floor(ms / great)} ${greatUnit}${rest ? ` ${rest} ${smallUnit}` : ""}`;
}

/** Like {@link duration}, in whole seconds: what counts up while one looks. */
export function wait(ms: Maybe<number>): string {
  return known(ms) && ms >= 0 && ms < MINUTE ? `${Math.floor(ms / SECOND)} s` : duration(ms);
}

/** A time in the reader's zone: 2026-11-28 12:04:10; without the date if it is today. */
export function time(iso: Maybe<string>, now = Date.now()): string {
  const at = millis(iso);
  if (at === null) {
    return UNKNOWN;
  }
  const date = day(at);
  return date === day(now) ? clock(at) : `${date} ${clock(at)}`;
}

/** 12:04:10 in the reader's zone. */
export function clock(at: number): string {
  const t = new Date(at);
  return [t.getHours(), t.getMinutes(), t.getSeconds()].map(padded).join(":");
}

function day(at: number): string {
  const t = new Date(at);
  return [t.getFullYear(), t.getMonth() + 1, t.getDate()].map(padded).join("-");
}

function padded(part: number): string {
  return String(part).padStart(2, "0");
}

/** How long ago, in words: 14 s ago. */
export function ago(iso: Maybe<string>, now: number): string {
  const at = millis(iso);
  return at === null ? UNKNOWN : now - at < 2 * SECOND ? "now" : `${wait(now - at)} ago`;
}

export function millis(iso: Maybe<string>): number | null {
  if (!iso) {
    return null;
  }
  const at = Date.parse(iso);
  return Number.isNaN(at) ? null : at;
}

/** The first and last digits of a hash or address. */
export function short(hash: Maybe<string>): string {
  if (!hash) {
    return UNKNOWN;
  }
  return hash.length <= 14 ? hash : `${hash.slice(0, hash.startsWith("0x") ? 8 : 6)}…${hash.slice(-4)}`;
}

/** a, b and 3 more; whoever is named first is told first. */
export function names(all: string[], most = 3, total = all.length): string {
  const told = all.slice(0, most);
  const rest = total - told.length;
  if (rest > 0) {
    return `${told.join(", ")} and ${counted(rest, "other")}`;
  }
  return told.length < 2 ? told.join("") : `${told.slice(0, -1).join(", ")} and ${told.at(-1)}`;
}

/** What a program says, as a sentence of a page. */
export function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

export function known(value: Maybe<number>): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}
