import { expect, it } from "vitest";
import { path, query } from "../../main/page/core/call";
import { href, parse } from "../../main/page/core/route";

it("finds page, argument and parameters", () => {
  expect(parse("").page).toBe("swarm");
  expect(parse("#/training/digits.2?round=7")).toMatchObject({ page: "training", argument: "digits.2" });
  expect(parse("#/training/digits.2?round=7").parameters.get("round")).toBe("7");
  expect(parse("#/training/100%").argument).toBe("100%");
});

it("reads what it writes", () => {
  const name = "a/b ?#%<script>";
  expect(parse(href("training", name, { find: "x&y" }))).toMatchObject({ page: "training", argument: name });
  expect(parse(href("members", "", { find: "x&y" })).parameters.get("find")).toBe("x&y");
});

it("escapes what goes into the path of a call", () => {
  expect(path`/v1/contracts/${"../../rpc?x"}/rounds/${7}`).toBe("/v1/contracts/..%2F..%2Frpc%3Fx/rounds/7");
  expect(query("/v1/x", { a: 1, b: null, c: "", d: "x&y" })).toBe("/v1/x?a=1&d=x%26y");
});
