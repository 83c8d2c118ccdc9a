import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { around, Camera } from "../src/camera";
import { load, type Data } from "../src/data";
import { filter, unsure } from "../src/filter";
import { graph, partsWithout, shortest } from "../src/graph";
import { Grid } from "../src/hit";
import { hull, within } from "../src/hulls";
import { faded, type Theme } from "../src/look";
import { place, Room, shorten, type Wish } from "../src/labels";
import { fromHash, opening, toHash } from "../src/state";
import { fold, listing, number, speak, t, tn } from "../src/strings";
import { told, turn } from "../src/waves";
import strings from "../src/strings.en.json";

speak(strings);

/** Two triangles joined by one tie: 0-1-2 and 3-4-5, joined 2-3; 6 alone. */
const FROM = [0, 0, 1, 2, 3, 3, 4], TO = [1, 2, 2, 3, 4, 5, 5];

function little(): Promise<Data> {
  const blocks: number[][] = [];
  let at = 0;
  const keep = (values: number[]): [string, number, number] => {
    const where: [string, number, number] = ["u1", at, values.length];
    const padded = [...values, ...new Array((8 - (values.length % 8)) % 8).fill(0)];
    blocks.push(padded);
    at += padded.length;
    return where;
  };
  const head = {
    title: "Little", sentence: "7 organisations.", about: [], left_out: [], made: "netmap", report: null, word: "organisation", words: "organisations",
    names: ["Ash", "Ŵyn", "Cedar", "Dogwood", "Elm", "Fir", "Gorse"], ids: ["a", "b", "c", "d", "e", "f", "g"],
    places: { step: 2, x: keep([0, 1, 2, 3, 4, 5, 6]), y: keep([0, 0, 0, 0, 0, 0, 9]) }, answered: null, numbers: [], facts: [],
    schemes: [{ key: "sector", label: "Sector", categories: [{ label: "public", count: 3, role: "named", more: "" }, { label: "voluntary", count: 4, role: "named", more: "" }], of: keep([0, 0, 0, 1, 1, 1, 1]) }],
    ties: { count: 7, from: keep(FROM.map((v, i) => v - (FROM[i - 1] ?? 0))), to: keep(TO), kinds: ["funding", "learning"], kind: { count: keep([1, 1, 1, 2, 1, 1, 1]), of: keep([0, 0, 0, 0, 1, 1, 1, 1]) }, bridge: keep([0, 0, 0, 1, 0, 0, 0]), confirmed: keep([1, 1, 1, 0, 1, 1, 1]) },
    rests: { of: keep([0, 0, 1, 1, 0, 0, 0]) }, networks: null, findings: [{ id: "F1", question: "", headline: "One tie.", certainty: "likely", why: "", step: "", care: "", nodes: [2], ties: [] }], expected_alignment: null,
    proposed: [[0, 4, "likely: nearer."]], strings,
  };
  let text = new TextEncoder().encode(JSON.stringify(head));
  text = new Uint8Array([...text, ...new Array((8 - ((text.length + 4) % 8)) % 8).fill(32)]);
  const size = new Uint8Array(new Uint32Array([text.length]).buffer);
  return load(gzipSync(Buffer.from([...size, ...text, ...blocks.flat()])).toString("base64"));
}

test("content comes out as it went in", async () => {
  const data = await little();
  assert.deepEqual([...data.from], FROM);
  assert.deepEqual([...data.to], TO);
  assert.deepEqual([...data.x], [0, 2, 4, 6, 8, 10, 12]);
  assert.deepEqual(data.kindOf[3], [0, 1]);
});

test("a link brings proposed introductions back", async () => {
  const data = await little(), base = opening(data);
  assert.deepEqual(data.proposed, [[0, 4, "likely: nearer."]]);
  assert.equal(base.proposed, false);
  assert.equal(toHash(data, { ...base, proposed: true }, base, ""), "proposed=yes");
  assert.equal(fromHash(data, "#proposed=yes").patch.proposed, true);
  assert.equal(fromHash({ ...data, proposed: [] }, "#proposed=yes").patch.proposed, false);
});

test("shortest ways, their number, and none", () => {
  const g = graph(7, FROM, TO), all = (): boolean => true;
  assert.deepEqual(shortest(g, 0, 5, all).nodes, [0, 2, 3, 5]);
  assert.equal(shortest(g, 0, 5, all).ways, 1);
  assert.equal(shortest(g, 0, 6, all).length, -1);
  assert.equal(shortest(g, 0, 5, (e) => e !== 3).length, -1);
  const square = graph(4, [0, 0, 1, 2], [1, 2, 3, 3]);
  assert.equal(shortest(square, 0, 3, all).ways, 2);
  assert.equal(shortest(square, 0, 3, all).onTies.size, 4);
});

test("what falls apart without a node, without a tie", () => {
  const g = graph(7, FROM, TO);
  assert.deepEqual(partsWithout(g, 2, -1, null).map((p) => p.sort()), [[3, 4, 5], [0, 1]]);
  assert.equal(partsWithout(g, 0, -1, null).length, 1);
  assert.deepEqual(partsWithout(g, -1, 3, [2, 3]).map((p) => p.length), [3, 3]);
});

test("filters count what is left and say it", async () => {
  const data = await little(), g = graph(7, FROM, TO), now = opening(data);
  assert.equal(filter(data, g, now).words, "Showing all: 7 organisations and 7 ties.");
  const some = filter(data, g, { ...now, kindsOff: ["funding"] });
  assert.deepEqual([some.nodes, some.ties], [4, 4]);
  assert.equal(some.words, "Showing 4 of 7 organisations and 4 of 7 ties: learning ties.");
  const left = filter(data, g, { ...now, hidden: ["voluntary"], confirmed: true });
  assert.deepEqual([left.nodes, left.ties], [3, 3]);
  assert.equal(left.words, "Showing 3 of 7 organisations and 3 of 7 ties: sector public only; ties told by both sides.");
});

test("the address holds what differs from how the map opens, and gives it back", async () => {
  const data = await little(), base = opening(data);
  assert.equal(toHash(data, base, base, ""), "");
  const now = { ...base, colour: "", hidden: ["a & b", "c=d"], kindsOff: ["funding"], node: 1, to: 4, finding: 0, query: "Ŵyn", view: "table" as const };
  const back = fromHash(data, `#${toHash(data, now, base, "1.0,2.0,0.5")}`);
  assert.deepEqual({ ...base, ...back.patch, finding: back.finding }, now);
  assert.equal(back.camera, "1.0,2.0,0.5");
  assert.deepEqual(fromHash(data, "#node=nobody&colour=none&ties=<b>&strongest=-5&network=x").patch, {});
});

test("the camera keeps what is under the mouse, and fits a box within its margins", () => {
  const c = new Camera();
  Object.assign(c, { width: 800, height: 600, x: 10, y: 20, k: 2 });
  const before = c.toMap(100, 50);
  c.zoom(3, 100, 50);
  assert.deepEqual(c.toMap(100, 50).map(Math.round), before.map(Math.round));
  Object.assign(c, c.fitted({ left: 0, top: 0, right: 100, bottom: 50 }, { left: 100, top: 0, right: 0, bottom: 200 }, 9));
  assert.deepEqual(c.toScreen(0, 25), [100, 200]);
  assert.deepEqual(c.toScreen(100, 25), [800, 200]);
  assert.equal(c.from("1,2,x"), false);
  assert.equal(around([1], [1], [], 5), null);
});

test("names never lie on one another", () => {
  const wishes: Wish[] = Array.from({ length: 400 }, (_, i) => ({ text: `name ${i}`, below: i % 7 ? "" : "below", x: (i * 37) % 800, y: (i * 53) % 600, gap: 8, strong: false, always: false, centred: false }));
  const out = place(wishes, new Room(800, 600), (text) => 7 * text.length);
  assert.ok(out.length > 60);
  for (const a of out) for (const b of out) {
    if (a === b) continue;
    assert.ok(Math.abs(a.x - b.x) * 2 >= a.width + b.width || Math.abs(a.y - b.y) >= 15);
  }
  assert.equal(shorten("Cyngor Bwrdeistref Sirol Pen-y-bont", 10), "Cyngor Bw\u2026");
});

test("what is always shown is shown in the window, and where it is wider than the window", () => {
  const wide = (text: string): number => 7.3 * text.length;
  for (let letters = 1; letters < 60; letters++) for (const x of [-0.1, 3.7, 160.3, 319.9]) {
    const wish: Wish = { text: "n".repeat(letters), below: "", x, y: 0.1 * letters, gap: 8.1, strong: true, always: true, centred: false };
    const [label] = place([wish], new Room(320, 200), wide);
    assert.ok(label);
    const half = label.width / 2;
    if (label.width + 4 <= 320) assert.ok(label.x - half > 1.99 && label.x + half < 318.01);
  }
});

test("what lies under a point", () => {
  const grid = new Grid(Float32Array.from([0, 100, 104]), Float32Array.from([0, 0, 0]));
  assert.equal(grid.at(101, 0, () => 5, 2, () => true), 1);
  assert.equal(grid.at(103, 0, () => 5, 2, (i) => i !== 2), 1);
  assert.equal(grid.at(50, 0, () => 5, 2, () => true), -1);
});

test("an outline holds its points", () => {
  const outline = hull([[0, 0], [10, 0], [10, 10], [0, 10], [5, 5]]);
  assert.equal(outline.length, 4);
  assert.ok(within(outline, 5, 5));
  assert.ok(!within(outline, 15, 5));
});

test("words", () => {
  assert.equal(tn("ties", 1), "1 tie");
  assert.equal(tn("ties", 1234), "1,234 ties");
  assert.equal(number(0.12345), "0.123");
  assert.equal(number(NaN), "not defined");
  assert.equal(listing(["a", "b", "c"]), "a, b and c");
  assert.equal(fold("Môn Ŵyn"), "mon wyn");
  assert.equal(t("of", { n: 1, of: "{n}" }), "1 of {n}");
});

test("a node whose group is not sure is known, and its hue goes towards grey", async () => {
  const data = await little(), looks = { others: "#949494", none: "#c9cfd7" } as Theme;
  data.sure = [0, 1, 26, 27, 101, 0, 0];
  assert.deepEqual([0, 1, 2, 3, 4].map((i) => unsure(data, i)), [false, true, true, false, false]);
  assert.equal(faded("#000000", looks), "#595959");
  assert.equal(faded("#949494", looks), "#949494");
  assert.equal(faded("#c9cfd7", looks), "#c9cfd7");
});

test("a wave tells what is new, kept and ended since the one before, and an address names it", async () => {
  const data = await little(), now = data.tiesIn(0), few = { ...now, m: 6, from: now.from.slice(0, 6), to: now.to.slice(0, 6) };
  Object.assign(data, { waves: ["2023", "2025"], current: 1, tiesIn: (wave: number) => (wave ? { ...now, from: now.from.map((a, e) => (e ? a : 5)), to: now.to.map((b, e) => (e ? b : 6)) } : few) });
  turn(data, 1);
  assert.deepEqual([...data.fresh!], [1, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual(data.ended, [[0, 1]]);
  assert.equal(told(data, 1), "2025: 2 new, 5 kept and 1 ended since 2023.");
  turn(data, 0);
  assert.equal(data.m, 6);
  assert.equal(data.fresh, null);
  assert.match(told(data, 0), /^2023, the first wave: 6 ties\. Sizes, groups and findings are those of 2025\.$/);
  const base = opening(data);
  assert.equal(toHash(data, { ...base, wave: 0 }, base, ""), "wave=2023");
  assert.equal(fromHash(data, "#wave=2023").patch.wave, 0);
  assert.equal(fromHash(data, "#wave=1999").patch.wave, undefined);
});
