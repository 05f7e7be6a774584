import { CallFailure, get } from "./call";
import { live } from "./live.svelte";
import { session } from "./session.svelte";

const EVERY_MS = 10_000;
const AFTER_EVENT_MS = 300;
const BETWEEN_MS = 1_000;

/** What a member is told that may not call any more. */
const GONE = ["not-active", "pending", "unknown-key"];

export interface LoadOptions {
  /** Kinds of events after which to read again; none: only by time. */
  on?: string[];
  /** How often to read again while the page is looked at; 0: never. */
  everyMs?: number | (() => number);
}

/** How the value of a path is read, if not as the JSON of one request. */
type Reader<T> = (path: string, signal: AbortSignal) => Promise<T>;

/** Something that is read from the node, and again when it may have changed. The last value stays while it fails. */
export class Load<T> {
  value = $state.raw<T | undefined>(undefined);
  failure = $state.raw<CallFailure | null>(null);
  isLoading = $state(false);
  private text = "";
  private control: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readAt = 0;

  constructor(
    private readonly path: () => string | null,
    options: LoadOptions,
    private readonly reader: Reader<T> = get,
  ) {
    const kinds = options.on ?? [];
    $effect(() => {
      const wanted = path();
      if (wanted !== null) {
        void this.read(wanted);
      }
      return () => this.control?.abort();
    });
    $effect(() => {
      const said = options.everyMs ?? EVERY_MS;
      const every = typeof said === "function" ? said() : said;
      const interval = every > 0 ? setInterval(() => document.hidden || this.isLoading || this.again(), every) : undefined;
      const deaf = live.listen((kind) => (kind === "again" || kinds.includes(kind)) && this.soon());
      return () => {
        clearInterval(interval);
        clearTimeout(this.timer);
        deaf();
      };
    });
  }

  /** Reads again now. */
  again(): Promise<void> {
    const wanted = this.path();
    return wanted === null ? Promise.resolve() : this.read(wanted);
  }

  /** Several events at a time lead to one reading. */
  private soon(): void {
    clearTimeout(this.timer);
    const wait = Math.max(AFTER_EVENT_MS, BETWEEN_MS - (Date.now() - this.readAt));
    // What is being read may be older than the event, and is not cut off for it.
    this.timer = setTimeout(() => (this.isLoading ? this.soon() : void this.again()), wait);
  }

  private async read(wanted: string): Promise<void> {
    this.control?.abort();
    const control = new AbortController();
    this.control = control;
    this.isLoading = true;
    this.readAt = Date.now();
    try {
      const value = await this.reader(wanted, control.signal);
      const text = JSON.stringify(value) + wanted;
      if (text !== this.text) {
        this.text = text;
        this.value = value;
      }
      this.failure = null;
      live.answered();
    } catch (e) {
      if (control.signal.aborted) {
        return;
      }
      this.failed(e);
    }
    this.isLoading = false;
  }

  private failed(e: unknown): void {
    const failure = e instanceof CallFailure ? e : new CallFailure(-1, String(e));
    this.failure = failure;
    if (failure.isUnreachable) {
      live.unanswered();
    } else if (failure.status === 401 || GONE.includes(failure.code)) {
      session.end(failure.message);
    }
  }
}

/** To be called while a component is set up. */
export function load<T>(path: () => string | null, options: LoadOptions = {}): Load<T> {
  return new Load<T>(path, options);
}

/** Several of a kind at a time: all or none, in the order of their paths. To be called while a component is set up. */
export function loadAll<T>(paths: () => string[], options: LoadOptions = {}): Load<T[]> {
  return new Load<T[]>(
    () => paths().join("\n") || null,
    options,
    (all, signal) => Promise.all(all.split("\n").map((path) => get<T>(path, signal))),
  );
}
