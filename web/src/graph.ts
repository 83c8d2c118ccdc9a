// The network as arrays: neighbours, shortest ways, what falls apart, and which ties are strong for both their ends.
import type { Data, Numbers } from "./data";

export interface Graph {
  start: Uint32Array;
  near: Uint32Array;
  tie: Uint32Array;
  degree: Uint32Array;
}

export function graph(n: number, from: Numbers, to: Numbers): Graph {
  const degree = new Uint32Array(n), m = from.length;
  for (let e = 0; e < m; e++) {
    degree[from[e]!]!++;
    degree[to[e]!]!++;
  }
  const start = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) start[i + 1] = start[i]! + degree[i]!;
  const fill = start.slice(0, n), near = new Uint32Array(2 * m), tie = new Uint32Array(2 * m);
  for (let e = 0; e < m; e++) {
    const a = from[e]!, b = to[e]!;
    near[fill[a]!] = b;
    tie[fill[a]!++] = e;
    near[fill[b]!] = a;
    tie[fill[b]!++] = e;
  }
  return { start, near, tie, degree };
}

export function neighbours(g: Graph, node: number): { node: number; tie: number }[] {
  const out = [];
  for (let k = g.start[node]!; k < g.start[node + 1]!; k++) out.push({ node: g.near[k]!, tie: g.tie[k]! });
  return out;
}

export interface Way {
  /** Steps from one to the other; -1 where there is no way. */
  length: number;
  /** One shortest way, as nodes. */
  nodes: number[];
  /** Every node and tie on any shortest way. */
  onNodes: Set<number>;
  onTies: Set<number>;
  /** How many shortest ways there are. */
  ways: number;
}

/** The shortest ways between two nodes over the ties that are shown. */
export function shortest(g: Graph, a: number, b: number, shown: (tie: number) => boolean): Way {
  const n = g.degree.length, far = new Int32Array(n).fill(-1), ways = new Float64Array(n), queue = [a];
  far[a] = 0;
  ways[a] = 1;
  for (let at = 0; at < queue.length && (far[b]! < 0 || far[queue[at]!]! < far[b]!); at++) {
    const i = queue[at]!;
    for (let k = g.start[i]!; k < g.start[i + 1]!; k++) {
      const j = g.near[k]!;
      if (!shown(g.tie[k]!)) continue;
      if (far[j]! < 0) {
        far[j] = far[i]! + 1;
        queue.push(j);
      }
      if (far[j] === far[i]! + 1) ways[j]! += ways[i]!;
    }
  }
  const out: Way = { length: far[b]!, nodes: [], onNodes: new Set(), onTies: new Set(), ways: ways[b]! };
  if (far[b]! < 0) return out;
  const back = [b];
  out.onNodes.add(b);
  for (let at = 0; at < back.length; at++) {
    const i = back[at]!;
    for (let k = g.start[i]!; k < g.start[i + 1]!; k++) {
      const j = g.near[k]!;
      if (far[j] !== far[i]! - 1 || far[j]! < 0 || !shown(g.tie[k]!)) continue;
      out.onTies.add(g.tie[k]!);
      if (!out.onNodes.has(j)) {
        out.onNodes.add(j);
        back.push(j);
      }
    }
  }
  for (let i = b; ; ) {
    out.nodes.unshift(i);
    if (i === a) break;
    for (let k = g.start[i]!; k < g.start[i + 1]!; k++) {
      const j = g.near[k]!;
      if (far[j] === far[i]! - 1 && out.onTies.has(g.tie[k]!)) {
        i = j;
        break;
      }
    }
  }
  return out;
}

/** The connected parts once a node or a tie is taken away, among what hung together with it; the largest first. */
export function partsWithout(g: Graph, node: number, tie: number, ends: [number, number] | null): number[][] {
  const seen = new Uint8Array(g.degree.length), parts: number[][] = [];
  if (node >= 0) seen[node] = 1;
  const begin = ends ?? neighbours(g, node).map((x) => x.node);
  for (const first of begin) {
    if (seen[first]) continue;
    seen[first] = 1;
    const part = [first];
    for (let at = 0; at < part.length; at++) {
      const i = part[at]!;
      for (let k = g.start[i]!; k < g.start[i + 1]!; k++) {
        const j = g.near[k]!;
        if (seen[j] || g.tie[k] === tie) continue;
        seen[j] = 1;
        part.push(j);
      }
    }
    parts.push(part);
  }
  return parts.sort((p, q) => q.length - p.length || p[0]! - q[0]!);
}

/** How surprising each tie's share of its ends' strength is (disparity filter, Serrano, Boguna & Vespignani 2009): low is strong. */
export function disparity(data: Data, g: Graph): Float64Array {
  const out = new Float64Array(data.m).fill(1), total = new Float64Array(data.n), w = data.strength;
  if (!w) return out;
  const weight = (e: number): number => (w[e]! > 0 ? w[e]! : 1);
  for (let e = 0; e < data.m; e++) {
    total[data.from[e]!]! += weight(e);
    total[data.to[e]!]! += weight(e);
  }
  for (let e = 0; e < data.m; e++) {
    for (const i of [data.from[e]!, data.to[e]!]) {
      const k = g.degree[i]!;
      if (k > 1) out[e] = Math.min(out[e]!, (1 - weight(e) / total[i]!) ** (k - 1));
    }
  }
  return out;
}
