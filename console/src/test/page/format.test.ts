import { describe, expect, it } from "vitest";
import { ago, asSentence, bytes, cosine, count, counted, duration, measure, names, percent, short, time, UNKNOWN, wait } from "../../main/page/core/format";

describe("numbers", () => {
  it("shows what is unknown as a dash, never as 0", () => {
    for (const show of [count, measure, cosine, percent, bytes, duration, wait]) {
      expect(show(null)).toBe(UNKNOWN);
      expect(show(undefined)).toBe(UNKNOWN);
      expect(show(Number.NaN)).toBe(UNKNOWN);
    }
    expect(measure(0)).toBe("0");
    expect(percent(0)).toBe("0 %");
  });

  it("keeps four digits of a measured value", () => {
    expect(measure(0.42134)).toBe("0.4213");
    expect(measure(2)).toBe("2");
    expect(measure(120)).toBe("120");
    expect(measure(999.96)).toBe("1000");
    expect(measure(0.5)).toBe("0.5");
    expect(measure(1234.6)).toBe("1235");
    expect(measure(1.2345e-7)).toBe("1.23e-7");
    expect(measure(-3e9)).toBe("-3.00e9");
  });

  it("gives a cosine two decimals", () => {
    expect(cosine(1)).toBe("1.00");
    expect(cosine(-0.301)).toBe("-0.30");
    expect(cosine(-0.0001)).toBe("0.00");
    expect(cosine(0)).toBe("0.00");
  });

  it("sets thousands apart and agrees with its noun", () => {
    expect(count(10000)).toBe("10,000");
    expect(counted(1, "site")).toBe("1 site");
    expect(counted(1000, "site")).toBe("1,000 sites");
    expect(counted(0, "site has", "sites have")).toBe("0 sites have");
    expect(bytes(1234)).toBe("1.2 kB");
    expect(bytes(999)).toBe("999 B");
    expect(percent(0.053)).toBe("5.3 %");
  });
});

describe("times", () => {
  it("tells a duration in its two greatest units", () => {
    expect(duration(420)).toBe("420 ms");
    expect(duration(1400)).toBe("1.4 s");
    expect(duration(14_200)).toBe("14 s");
    expect(duration(200_000)).toBe("3 min 20 s");
    expect(duration(7_200_000)).toBe("2 h");
    expect(duration(270_000_000)).toBe("3 d 3 h");
    expect(duration(-1)).toBe(UNKNOWN);
    expect(wait(1_900)).toBe("1 s");
  });

  it("leaves out the date of today", () => {
    const now = new Date(2026, 10, 28, 15, 0, 0).getTime();
    expect(time(new Date(2026, 10, 28, 12, 4, 10).toISOString(), now)).toBe("12:04:10");
    expect(time(new Date(2026, 10, 27, 12, 4, 10).toISOString(), now)).toBe("2026-11-27 12:04:10");
    expect(time("nonsense", now)).toBe(UNKNOWN);
  });

  it("tells how long ago something was, also when clocks differ", () => {
    const now = Date.parse("2026-11-28T12:00:00Z");
    expect(ago("2026-11-28T11:59:46Z", now)).toBe("14 s ago");
    expect(ago("2026-11-28T12:00:09Z", now)).toBe("now");
    expect(ago(null, now)).toBe(UNKNOWN);
  });
});

describe("names", () => {
  it("tells the first of many", () => {
    expect(names([])).toBe("");
    expect(names(["a"])).toBe("a");
    expect(names(["a", "b", "c"])).toBe("a, b and c");
    expect(names(["a", "b", "c", "d"], 2)).toBe("a, b and 2 others");
    expect(names(["a", "b"], 2, 1000)).toBe("a, b and 998 others");
  });

  it("shortens hashes and addresses", () => {
    expect(short("0x995241aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0fa6")).toBe("0x995241…0fa6");
    expect(short("abcdef0123456789")).toBe("abcdef…6789");
    expect(short("short")).toBe("short");
    expect(short(null)).toBe(UNKNOWN);
  });
});

it("makes sentences of what programs say", () => {
  expect(asSentence("the site of a is not heard any more; start it again")).toBe("The site of a is not heard any more; start it again.");
  expect(asSentence("Kafka is down.")).toBe("Kafka is down.");
});
