// Soft areas behind groups: one outline where a group stands together, a chain of its members where others stand between.
import type { Scheme } from "./data";

export interface Area {
  category: number;
  label: string;
  more: string;
  members: number[];
  /** A closed outline, or pairs of points to be joined by a broad line. */
  outline: [number, number][] | null;
  chain: [number, number, number, number][];
  x: number;
  y: number;
  top: number;
}

const ROOM = 24;

export function areas(scheme: Scheme, x: Float32Array, y: Float32Array, shown: Uint8Array): Area[] {
  const members: number[][] = scheme.categories.map(() => []);
  for (let i = 0; i < x.length; i++) if (shown[i]) members[scheme.of[i]!]!.push(i);
  const out: Area[] = [];
  scheme.categories.forEach((category, at) => {
    const inside = members[at]!;
    if (category.role !== "named" || inside.length < 3 || inside.length > 3000) return;
    const points: [number, number][] = [];
    for (const i of inside) {
      for (let turn = 0; turn < 12; turn++) points.push([x[i]! + ROOM * Math.cos((turn * Math.PI) / 6), y[i]! + ROOM * Math.sin((turn * Math.PI) / 6)]);
    }
    const outline = hull(points);
    let foreign = 0;
    for (let i = 0; i < x.length; i++) if (shown[i] && scheme.of[i] !== at && within(outline, x[i]!, y[i]!)) foreign++;
    const together = foreign <= 0.2 * inside.length;
    let sx = 0, sy = 0, top = Infinity;
    for (const i of inside) {
      sx += x[i]!;
      sy += y[i]!;
      top = Math.min(top, y[i]!);
    }
    out.push({
      category: at, label: category.label, more: category.more, members: inside, outline: together ? outline : null,
      chain: together || x.length > 80 ? [] : chain(inside, x, y), x: sx / inside.length, y: sy / inside.length, top: top - ROOM,
    });
  });
  return out;
}

/** The convex hull, counter-clockwise (Andrew's monotone chain). */
export function hull(points: [number, number][]): [number, number][] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: [number, number][]): [number, number][] => {
    const out: [number, number][] = [];
    for (const p of list) {
      while (out.length > 1) {
        const a = out[out.length - 2]!, b = out[out.length - 1]!;
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        out.pop();
      }
      out.push(p);
    }
    return out.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

export function within(outline: [number, number][], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[i]!, [bx, by] = outline[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** The shortest tree that joins the members (Prim), leaving out leaps across the map. */
function chain(members: number[], x: Float32Array, y: Float32Array): [number, number, number, number][] {
  const out: [number, number, number, number][] = [], far = members.map(() => Infinity), from = members.map(() => 0), done = members.map(() => false);
  let at = 0;
  for (let round = 0; round < members.length; round++) {
    done[at] = true;
    let next = -1;
    for (let k = 0; k < members.length; k++) {
      if (done[k]) continue;
      const d = Math.hypot(x[members[k]!]! - x[members[at]!]!, y[members[k]!]! - y[members[at]!]!);
      if (d < far[k]!) {
        far[k] = d;
        from[k] = at;
      }
      if (next < 0 || far[k]! < far[next]!) next = k;
    }
    if (round === 0) out.push([x[members[0]!]!, y[members[0]!]!, x[members[0]!]! + 0.01, y[members[0]!]!]);
    if (next < 0) break;
    const a = members[from[next]!]!, b = members[next]!;
    out.push(far[next]! < 220 ? [x[a]!, y[a]!, x[b]!, y[b]!] : [x[b]!, y[b]!, x[b]! + 0.01, y[b]!]);
    at = next;
  }
  return out;
}
