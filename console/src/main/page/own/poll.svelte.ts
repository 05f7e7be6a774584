import { CallFailure, get } from "../core/call";

const EVERY_MS = 2_000;

/** Something that the program on this port tells, read again every two seconds while the page is looked at. */
export class Poll<T> {
  /** The last that was told; it stays while nothing is answered. */
  value = $state.raw<T | undefined>(undefined);
  failure = $state.raw<CallFailure | null>(null);
  /** Since when nothing is answered. */
  lostSince = $state<number | null>(null);
  private text = "";
  private isReading = false;

  constructor(
    private readonly path: () => string,
    everyMs = EVERY_MS,
  ) {
    $effect(() => {
      void path();
      void this.again();
      const timer = setInterval(() => document.hidden || void this.again(), everyMs);
      const looked = () => document.hidden || void this.again();
      document.addEventListener("visibilitychange", looked);
      return () => {
        clearInterval(timer);
        document.removeEventListener("visibilitychange", looked);
      };
    });
  }

  /** Reads again now, unless that is under way. */
  async again(): Promise<void> {
    if (this.isReading) {
      return;
    }
    this.isReading = true;
    try {
      const value = await get<T>(this.path());
      const text = JSON.stringify(value);
      if (text !== this.text) {
        this.text = text;
        this.value = value;
      }
      this.failure = null;
      this.lostSince = null;
    } catch (e) {
      const failure = e instanceof CallFailure ? e : new CallFailure(-1, String(e));
      this.failure = failure;
      if (failure.isUnreachable) {
        this.lostSince ??= Date.now();
      } else {
        this.lostSince = null;
      }
    } finally {
      this.isReading = false;
    }
  }
}

/** To be called while a component is set up. */
export function poll<T>(path: () => string, everyMs?: number): Poll<T> {
  return new Poll<T>(path, everyMs);
}
