import type { CallerInfo } from "../api";
import { CallFailure, callServer, get, sentence } from "./call";

/** Who looks at the pages: nobody is known before the node has answered. */
class Session {
  me = $state.raw<CallerInfo | null>(null);
  state = $state<"asking" | "in" | "out" | "unreachable">("asking");
  /** Why nobody is logged in, as the node has said. */
  reason = $state("");

  private asked: Promise<void> | null = null;

  /** Asks the node, unless it is being asked. */
  ask(): Promise<void> {
    this.asked ??= this.read().finally(() => (this.asked = null));
    return this.asked;
  }

  private async read(): Promise<void> {
    try {
      this.me = await get<CallerInfo>("/v1/me");
      if (this.me.node.kind === "local") {
        callServer("local swarm");
      }
      this.state = "in";
    } catch (e) {
      if (e instanceof CallFailure && !e.isUnreachable) {
        this.end(e.message);
      } else if (this.state !== "in") {
        this.state = "unreachable";
        this.reason = sentence(e);
      }
    }
  }

  /** The node refuses calls: the session has ended or the member may not call any more. */
  end(reason: string): void {
    this.me = null;
    this.state = "out";
    this.reason = reason;
  }

  has(...roles: string[]): boolean {
    return this.me !== null && roles.some((role) => this.me?.roles.includes(role));
  }

  /** Why there is no such thing here, and what would give it; null if there is. */
  lack(what: string): string | null {
    return this.me?.lacks.find((each) => each.what === what)?.sentence ?? null;
  }

  /** Why the reader may not do what one of the roles may; null if they may. */
  barrier(...roles: string[]): string | null {
    const me = this.me;
    if (!me) {
      return "Nobody is logged in.";
    }
    if (!this.has(...roles)) {
      return `This needs the role ${roles.join(" or ")}; ${me.member} has ${me.roles.join(", ") || "none"}.`;
    }
    return me.acts ? null : (me.whyNot ?? "Acts are signed with your own key; this node has another one.");
  }
}

export const session = new Session();
