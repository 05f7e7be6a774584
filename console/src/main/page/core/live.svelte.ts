type Kind = string;
type Listener = (kind: Kind, data: unknown) => void;

const KINDS: Kind[] = ["round", "members", "verification"];
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/**
 * What the node tells by server-sent events. A hidden page closes its connection, because a browser opens only
 * six to a host; it reads everything anew when it is looked at again.
 */
class Live {
  /** live: events come; polling: they do not, but calls are answered; lost: nothing is answered. */
  state = $state<"starting" | "live" | "polling" | "lost">("starting");
  lostSince = $state<number | null>(null);

  private readonly listeners = new Set<Listener>();
  private source: EventSource | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private delay = FIRST_RETRY_MS;
  private wanted = false;

  start(): void {
    if (!this.wanted) {
      this.wanted = true;
      document.addEventListener("visibilitychange", this.looked);
      this.open();
    }
  }

  stop(): void {
    this.wanted = false;
    document.removeEventListener("visibilitychange", this.looked);
    this.close();
    this.state = "starting";
    this.lostSince = null;
  }

  /** Calls the listener for each event, and as "again" when events may have been missed. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A call was answered. */
  answered(): void {
    if (this.state === "lost") {
      this.state = this.source?.readyState === EventSource.OPEN ? "live" : "polling";
      this.lostSince = null;
      if (this.source === null) {
        this.open();
      }
    }
  }

  /** A call was not answered. */
  unanswered(): void {
    if (this.state !== "lost") {
      this.state = "lost";
      this.lostSince = Date.now();
    }
  }

  private readonly looked = () => {
    this.close();
    if (!document.hidden) {
      this.open();
      this.tell("again", null);
    }
  };

  private open(): void {
    clearTimeout(this.retry);
    if (!this.wanted || document.hidden || this.source) {
      return;
    }
    const source = new EventSource("/v1/events");
    this.source = source;
    source.onopen = () => {
      const again = this.state !== "starting" && this.state !== "live";
      this.state = "live";
      this.lostSince = null;
      this.delay = FIRST_RETRY_MS;
      if (again) {
        this.tell("again", null);
      }
    };
    // The browser would try for ever every three seconds after a cut, and not at all after a refusal.
    source.onerror = () => {
      this.close();
      if (this.state !== "lost") {
        this.state = "polling";
      }
      this.retry = setTimeout(() => this.open(), this.delay);
      this.delay = Math.min(this.delay * 2, LAST_RETRY_MS);
      this.tell("again", null);
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => this.tell(kind, parsed((event as MessageEvent<string>).data)));
    }
  }

  private close(): void {
    clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
  }

  private tell(kind: Kind, data: unknown): void {
    for (const listener of this.listeners) {
      listener(kind, data);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export const live = new Live();
