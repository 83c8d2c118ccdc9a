// The networks of networks: each a circle by its members, and between two what is shared and tied, against chance.
import type { Data, Pair } from "./data";
import type { Graph } from "./graph";

export interface Circles {
  x: Float32Array;
  y: Float32Array;
  radius: Float32Array;
  pairs: Pair[];
}

export function circles(data: Data, g: Graph): Circles | null {
  const networks = data.networks;
  if (!networks) return null;
  const k = networks.names.length, x = new Float32Array(k), y = new Float32Array(k), radius = new Float32Array(k);
  const many = networks.members.map((m, i) => networks.sizes[i] ?? m.length), largest = Math.max(...many, 1);
  let span = 1;
  for (let i = 0; i < data.n; i++) span = Math.max(span, data.x[i]!, data.y[i]!);
  const most = Math.min(span / 5, Math.max(30, (0.55 * span) / Math.sqrt(k)));
  let below = 0;
  networks.members.forEach((members, at) => {
    for (const i of members) {
      x[at]! += data.x[i]! / members.length;
      y[at]! += data.y[i]! / members.length;
    }
    if (!members.length) {
      x[at] = (below++ + 0.5) * most;
      y[at] = span * 1.1;
    }
    radius[at] = Math.max(most * 0.18, most * Math.sqrt(many[at]! / largest));
  });
  // Circles that stand on one another move apart, each as far as the other, until none do.
  for (let round = 0; round < 300; round++) {
    let moved = false;
    for (let a = 0; a < k; a++) {
      for (let b = a + 1; b < k; b++) {
        let dx = x[b]! - x[a]!, dy = y[b]! - y[a]!;
        let far = Math.hypot(dx, dy);
        if (far < 1e-6) {
          dx = Math.cos(2.4 * b);
          dy = Math.sin(2.4 * b);
          far = 1;
        }
        const short = radius[a]! + radius[b]! + most * 0.95 - far;
        if (short <= 0.5) continue;
        moved = true;
        const push = (0.5 * short) / far;
        x[a]! -= dx * push;
        y[a]! -= dy * push;
        x[b]! += dx * push;
        y[b]! += dy * push;
      }
    }
    if (!moved) break;
  }
  return { x, y, radius, pairs: networks.pairs.length ? networks.pairs : counted(data, g) };
}

/** Where the members of an opened network stand: as on the map, drawn together to fit its circle. */
export function inside(data: Data, c: Circles, g: number): { x: Float32Array; y: Float32Array; members: number[] } {
  const members = data.networks!.members[g]!, x = new Float32Array(members.length), y = new Float32Array(members.length);
  let mx = 0, my = 0, far = 1;
  for (const i of members) {
    mx += data.x[i]! / members.length;
    my += data.y[i]! / members.length;
  }
  for (const i of members) far = Math.max(far, Math.hypot(data.x[i]! - mx, data.y[i]! - my));
  members.forEach((i, at) => {
    x[at] = c.x[g]! + ((data.x[i]! - mx) / far) * c.radius[g]! * 0.84;
    y[at] = c.y[g]! + ((data.y[i]! - my) / far) * c.radius[g]! * 0.84;
  });
  return { x, y, members };
}

/** Ties between every two networks, where no finding counted them: those whose ends belong to one of the two only. */
function counted(data: Data, g: Graph): Pair[] {
  const networks = data.networks!, k = networks.names.length, between = new Map<number, number>(), shared = new Map<number, number>();
  const add = (to: Map<number, number>, a: number, b: number): void => {
    const key = Math.min(a, b) * k + Math.max(a, b);
    to.set(key, (to.get(key) ?? 0) + 1);
  };
  if (k > 400 || g.degree.length === 0) return [];
  for (const belongs of networks.belongs) for (let i = 0; i < belongs.length; i++) for (let j = i + 1; j < belongs.length; j++) add(shared, belongs[i]!, belongs[j]!);
  for (let e = 0; e < data.m; e++) {
    const first = networks.belongs[data.from[e]!]!, second = networks.belongs[data.to[e]!]!;
    for (const a of first) for (const b of second) if (a !== b && !second.includes(a) && !first.includes(b)) add(between, a, b);
  }
  const keys = [...new Set([...between.keys(), ...shared.keys()])].sort((a, b) => a - b);
  return keys.map((key) => [Math.floor(key / k), key % k, shared.get(key) ?? 0, null, between.get(key) ?? 0, null, "", null]);
}
