import { describe, expect, it } from "vitest";
import type { PartInfo } from "../../main/page/api";
import { draw, MOST_NAMED, SHARED, swarmState } from "../../main/page/pages/swarm/layout";

const part = (id: string, kind: string, organisation: string | null, state = "ok"): PartInfo => ({ id, kind, name: id, organisation, state, sentinel: id === "sentinel", details: [] });

const sites = (count: number, organisation: string) => Array.from({ length: count }, (_, i) => part(`${organisation}-${i}`, "site", organisation));

describe("the drawing of a swarm", () => {
  it("has a box for each organisation, what is shared first, then the sentinel's", () => {
    const drawing = draw([part("b", "network", "B"), part("sentinel", "network", "Z"), part("kafka", "kafka", null)], [], 1000);
    expect(drawing.boxes.map((box) => box.title)).toEqual([SHARED, "Z", "B"]);
  });

  it("stays inside, whatever the width", () => {
    for (const width of [328, 700, 1280]) {
      const drawing = draw([part("kafka", "kafka", null), part("n", "network", "A"), ...sites(30, "A"), ...sites(5, "B")], [], width);
      for (const box of drawing.boxes) {
        expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
        expect(box.y + box.height).toBeLessThanOrEqual(drawing.height + 0.01);
        for (const placed of box.parts) {
          expect(placed.x).toBeLessThan(box.x + box.width);
          expect(placed.y).toBeLessThan(box.y + box.height);
        }
      }
    }
  });

  it("draws many sites small, but names those that are down", () => {
    const many = sites(1000, "A").map((each, i) => (i === 500 ? { ...each, state: "down" } : each));
    const box = draw([part("n", "network", "A"), ...many], [], 1000).boxes[0];
    expect(box?.parts.filter((placed) => !placed.isSmall).map((placed) => placed.part.id)).toEqual(["n", "A-500"]);
    expect(box?.note).toBe("999 other sites");
  });

  it("connects what it names", () => {
    const links = sites(2, "A").map((site) => ({ from: site.id, to: "n" }));
    const toKafka = sites(2, "A").map((site) => ({ from: site.id, to: "kafka" }));
    const parts = [part("n", "network", "A"), part("kafka", "kafka", null), ...sites(2, "A")];
    expect(draw(parts, [...links, ...toKafka, { from: "gone", to: "n" }], 1000).lines).toHaveLength(2);
    expect(draw(parts, [{ from: "n", to: "kafka" }], 1000).lines).toHaveLength(1);
    expect(draw([part("n", "network", "A"), ...sites(MOST_NAMED + 1, "A")], links, 1000).lines).toHaveLength(0);
  });

  it("copes with nothing", () => {
    expect(draw([], [], 1000).boxes).toEqual([]);
  });
});

it("tells the state of a swarm in a sentence", () => {
  expect(swarmState([])).toBe("No part of the swarm is known yet.");
  expect(swarmState([part("a", "site", null), part("b", "site", null)])).toBe("All 2 parts work.");
  expect(swarmState([part("a", "site", null, "down"), part("b", "site", null, "warn"), part("c", "site", null)])).toBe("Of 3 parts, 1 is down, 1 needs attention.");
  expect(swarmState([part("a", "site", null, "down"), part("b", "site", null, "down"), part("c", "site", null, "unknown")])).toBe("Of 3 parts, 2 are down, 1 is not heard yet.");
  expect(swarmState([part("a", "site", null, "ended"), part("b", "site", null, "ended"), part("c", "site", null)])).toBe("Of 3 parts, 2 have ended.");
});
