/** What the part of the address after # says: #/page/argument?name=value. */
export interface Route {
  page: string;
  argument: string;
  parameters: URLSearchParams;
}

export const PAGES = [
  ["swarm", "Swarm"],
  ["training", "Training"],
  ["experiments", "Experiments"],
  ["tasks", "Tasks"],
  ["contracts", "Contracts"],
  ["members", "Members"],
  ["audit", "Audit"],
] as const;

export function parse(hash: string): Route {
  const [path = "", rest = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const slash = path.indexOf("/");
  const page = slash < 0 ? path : path.slice(0, slash);
  return {
    page: page || "swarm",
    argument: slash < 0 ? "" : decoded(path.slice(slash + 1)),
    parameters: new URLSearchParams(rest),
  };
}

export function href(page: string, argument = "", parameters: Record<string, string> = {}): string {
  const said = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "")).toString();
  return `#/${page}${argument ? "/" + encodeURIComponent(argument) : ""}${said ? "?" + said : ""}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // somebody typed a percent sign
  }
}
