import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera } from "../src/camera";
import type { Scene } from "../src/draw";
import { paint } from "../src/raster";

const GROUND = 0xffffffff | 0, WIDE = 60, HIGH = 40;

/** A picture of 60 by 40 of ties between places, looked at from the middle of it. */
function painted(x: number[], y: number[], ties: [number, number][], change: Record<string, unknown> = {}): { pixels: Int32Array; every: number } {
  const n = x.length, m = ties.length, image = { width: WIDE, height: HIGH, data: new Uint8ClampedArray(4 * WIDE * HIGH) };
  const scene = {
    // Where there are many, small nodes are points.
    data: { n: 900, m, x: Float32Array.from(x), y: Float32Array.from(y), from: Uint32Array.from(ties, (t) => t[0]), to: Uint32Array.from(ties, (t) => t[1]) },
    look: { theme: { ground: "#ffffff" }, colour: x.map(() => "#ff0000"), radius: x.map(() => 1), line: new Uint8Array(m), lines: [{ colour: "#000000", width: 1, alpha: 1, dash: [] }] },
    shown: { node: new Uint8Array(n), tie: new Uint8Array(m).fill(1), ties: m }, focus: null, rings: new Map(), level: "nodes", ...change,
  } as unknown as Scene;
  const camera = Object.assign(new Camera(), { x: WIDE / 2, y: HIGH / 2, k: 1, width: WIDE, height: HIGH });
  const work = paint(scene, camera, 1, image as unknown as ImageData, false);
  for (;;) {
    const { done, value } = work.next();
    if (done) return { pixels: new Int32Array(image.data.buffer), every: value };
  }
}

const inked = (pixels: Int32Array): number[] => [...pixels.keys()].filter((i) => pixels[i] !== GROUND);
const ink = (pixels: Int32Array): number => [...pixels].reduce((sum, v) => sum + 255 - (v & 255), 0) / 255;

test("a line is as long as it is, whichever way it runs, and lies where it should", () => {
  for (const [ax, ay, bx, by] of [[10, 5, 50, 5], [50, 30, 10, 30], [20, 2, 20, 38], [20, 38, 20, 2], [5, 5, 35, 35], [12, 30, 52, 10]] as const) {
    const { pixels } = painted([ax, bx], [ay, by], [[0, 1]]), long = Math.max(Math.abs(ax - bx), Math.abs(ay - by));
    assert.ok(Math.abs(ink(pixels) - (long + 1)) < 0.05 * long, `${ink(pixels)} for ${long}`);
    for (const i of inked(pixels)) {
      const px = i % WIDE, py = Math.floor(i / WIDE), off = Math.abs((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / Math.hypot(bx - ax, by - ay);
      assert.ok(off <= 1.01, `${px} ${py}`);
    }
  }
});

test("what runs out of the picture does not come in again on the other side", () => {
  const { pixels } = painted([30, 300], [20, 20], [[0, 1]]);
  assert.ok(inked(pixels).every((i) => i % WIDE >= 30 && Math.floor(i / WIDE) >= 20 && Math.floor(i / WIDE) <= 21));
  for (const far of [[-500, 20, -300, 25], [30, -90, 40, -50], [-40, 500, 900, 450], [1e6, 1e6, 2e6, 3e6]]) assert.equal(inked(painted([far[0]!, far[2]!], [far[1]!, far[3]!], [[0, 1]]).pixels).length, 0);
  assert.ok(inked(painted([-1e6, 1e6], [-1e6, 1e6], [[0, 1]]).pixels).length >= HIGH - 2);
});

test("hidden ties leave no mark, points are squares of their colour, faded ones of it and the ground", () => {
  assert.equal(inked(painted([10, 50], [5, 30], [[0, 1]], { shown: { node: [0, 0], tie: [0], ties: 0 } }).pixels).length, 0);
  const shown = { node: [1, 1], tie: [], ties: 0 };
  const { pixels } = painted([10, 50], [10, 30], [], { shown, focus: { nodes: new Set([0]), ties: null } });
  const colours = new Set(inked(pixels).map((i) => pixels[i]! >>> 0));
  assert.deepEqual([...colours].map((v) => v.toString(16)).sort(), ["ff0000ff", "ffc7c7ff"]);
});

test("where a pixel is drawn over often lines are paler, and beyond a limit an even share is drawn", () => {
  const many = (count: number): [number, number][] => Array.from({ length: count }, () => [0, 1]);
  const one = painted([5, 55], [20, 20], many(1)), more = painted([5, 55], [20, 20], many(2000), { shown: { node: [0, 0], tie: new Uint8Array(2000).fill(1), ties: 2000 } });
  const darkest = (pixels: Int32Array): number => Math.min(...[...pixels].map((v) => v & 255));
  assert.equal(one.every, 1);
  assert.equal(darkest(one.pixels), 0);
  assert.equal(more.every, 1);
  // As many ties in so small a picture as would take 4.5e8 steps: a third of them is drawn.
  const claimed = painted([5, 55], [20, 20], many(30), { shown: { node: [0, 0], tie: new Uint8Array(30).fill(1), ties: 9e6 } });
  assert.equal(claimed.every, 3);
});
