// Soft areas behind groups that stand together: one outline each.
import type { Scheme } from "./data";

export interface Area {
  category: number;
  label: string;
  more: string;
  outline: [number, number][];
  /** The middle of the members, and above them all. */
  x: number;
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
    // Where others stand between its members, colour alone tells them.
    if (foreign > 0.2 * inside.length) return;
    let sx = 0, top = Infinity;
    for (const i of inside) {
      sx += x[i]!;
      top = Math.min(top, y[i]!);
    }
    out.push({ category: at, label: category.label, more: category.more, outline, x: sx / inside.length, top: top - ROOM });
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
