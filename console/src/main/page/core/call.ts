import type { ProblemView } from "../api";

/** An answer other than 2xx, or none at all (status 0). */
export class CallFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code: string = "",
    readonly field: string | null = null,
  ) {
    super(message);
  }

  /** Whether no answer came: the node or the network between is down. */
  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

let server = "network node";

/** What the server is called in sentences about it. */
export function callServer(name: string): void {
  server = name;
}

/** A page that shows old values says so soon; an act waits for blocks of the chain. */
const READ_MS = 15_000;
const ACT_MS = 60_000;

/** Reads JSON. */
export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return call("GET", path, undefined, signal) as Promise<T>;
}

/** Changes something; the header shows a foreign page could not have sent it. */
export function send<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T> {
  return call(method, path, body) as Promise<T>;
}

async function call(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<unknown> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") {
    headers["X-Swarm-Console"] = "1";
  }
  if (body !== undefined) {
    headers["Content-Type"] = typeof body === "string" ? "application/yaml" : "application/json";
  }
  const deadline = AbortSignal.timeout(method === "GET" ? READ_MS : ACT_MS);
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      body: body === undefined || typeof body === "string" ? (body as string | undefined) : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      credentials: "same-origin",
      redirect: "error",
    });
  } catch (e) {
    if (signal?.aborted) {
      throw e;
    }
    throw new CallFailure(0, `The ${server} does not answer.`);
  }
  if (!answer.ok) {
    throw await failure(answer);
  }
  if (answer.status === 204) {
    return undefined;
  }
  const text = await answer.text();
  if (text === "") {
    return undefined;
  }
  return answer.headers.get("Content-Type")?.includes("json") ? JSON.parse(text) : text;
}

async function failure(answer: Response): Promise<CallFailure> {
  try {
    const problem = (await answer.json()) as ProblemView;
    return new CallFailure(answer.status, problem.detail || problem.title, problem.code, problem.field ?? null);
  } catch {
    return new CallFailure(answer.status, `The ${server} answered ${answer.status}.`);
  }
}

/** A path with its parts escaped: path`/v1/contracts/${name}`. */
export function path(texts: TemplateStringsArray, ...values: (string | number)[]): string {
  return texts.reduce((all, text, i) => all + encodeURIComponent(String(values[i - 1])) + text);
}

/** A path with those parameters that have a value. */
export function query(base: string, parameters: Record<string, string | number | null | undefined>): string {
  const said = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (said.length === 0) {
    return base;
  }
  return base + "?" + new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
}

/** Whatever was thrown, as a sentence. */
export function sentence(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}
