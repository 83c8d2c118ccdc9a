// What is shown and what is not, and the same said in words.
import type { Data, Scheme } from "./data";
import type { State } from "./state";
import { disparity, type Graph } from "./graph";
import { has, listing, number, t, tn } from "./strings";

export interface Shown {
  node: Uint8Array;
  tie: Uint8Array;
  nodes: number;
  ties: number;
  words: string;
  all: boolean;
}

export function schemeOf(data: Data, key: string): Scheme | null {
  return data.schemes.find((s) => s.key === key) ?? null;
}

let ranked: { of: ArrayLike<number>; by: Float64Array } | null = null;

/** The level of the disparity filter that keeps a share of the ties: a tie as strong as the last one kept is kept too. */
function threshold(data: Data, g: Graph, share: number): [Float64Array, number] {
  if (ranked?.of !== data.from) ranked = { of: data.from, by: disparity(data, g) };
  const sorted = Float64Array.from(ranked.by).sort();
  return [ranked.by, sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? 1];
}

/** A certainty of one quarter, as the file keeps it. */
const UNSURE = 26;

/** Whether a node might as well belong to another group: it is hardly more often with its own. */
export function unsure(data: Data, i: number): boolean {
  const sure = data.sure?.[i] ?? 0;
  return sure > 0 && sure <= UNSURE;
}

export function tieFilters(now: State): boolean {
  return now.kindsOff.length > 0 || now.mandate !== "" || now.hard !== "" || now.confirmed || now.strongest < 100 || now.least > 0;
}

export function filter(data: Data, g: Graph, now: State): Shown {
  const node = new Uint8Array(data.n).fill(1), tie = new Uint8Array(data.m).fill(1);
  const scheme = schemeOf(data, now.colour), hidden = new Set(now.hidden);
  if (scheme && hidden.size) {
    const off = scheme.categories.map((c) => hidden.has(c.label));
    for (let i = 0; i < data.n; i++) if (off[scheme.of[i]!]) node[i] = 0;
  }
  if (now.inNetwork >= 0 && data.networks) {
    for (let i = 0; i < data.n; i++) if (!data.networks.belongs[i]!.includes(now.inNetwork)) node[i] = 0;
  }
  if (now.sureOnly) for (let i = 0; i < data.n; i++) if (unsure(data, i)) node[i] = 0;
  if (tieFilters(now)) {
    const off = new Set(now.kindsOff.map((k) => data.kinds.indexOf(k)));
    const mandate = data.mandates.indexOf(now.mandate);
    const [rank, most] = now.strongest < 100 ? threshold(data, g, now.strongest) : [null, 1];
    for (let e = 0; e < data.m; e++) {
      const kinds = data.kindOf[e]!;
      if (off.size && kinds.length && kinds.every((k) => off.has(k))) tie[e] = 0;
      if (now.mandate && data.mandate && data.mandate[e] !== mandate) tie[e] = 0;
      if (now.hard === "hard" && data.hard && data.hard[e] !== 3) tie[e] = 0;
      if (now.hard === "loose" && data.hard && data.hard[e] === 3) tie[e] = 0;
      if (now.confirmed && data.confirmed && !data.confirmed[e]) tie[e] = 0;
      if (now.least && data.intensity && !(data.intensity[e]! >= now.least)) tie[e] = 0;
      if (rank && rank[e]! > most + 1e-12) tie[e] = 0;
    }
    const touched = new Uint8Array(data.n);
    for (let e = 0; e < data.m; e++) if (tie[e] && node[data.from[e]!] && node[data.to[e]!]) touched[data.from[e]!] = touched[data.to[e]!] = 1;
    for (let i = 0; i < data.n; i++) node[i]! &= touched[i]!;
  }
  let nodes = 0, ties = 0;
  for (let i = 0; i < data.n; i++) nodes += node[i]!;
  for (let e = 0; e < data.m; e++) ties += tie[e]! &= node[data.from[e]!]! & node[data.to[e]!]!;
  return { node, tie, nodes, ties, ...said(data, now, nodes, ties) };
}

/** "Showing 41 of 163 organisations and 52 of 400 ties: learning; mandated." */
function said(data: Data, now: State, nodes: number, ties: number): { words: string; all: boolean } {
  const parts: string[] = [];
  const scheme = schemeOf(data, now.colour);
  if (scheme && now.hidden.length) {
    const left = scheme.categories.filter((c) => !now.hidden.includes(c.label)).map((c) => c.label);
    const label = t(has(`scheme.${scheme.key}`) ? `scheme.${scheme.key}` : scheme.label).toLowerCase();
    parts.push(left.length <= 3 ? t("filter.only", { what: label, which: listing(left) }) : t("filter.without", { what: label, which: listing(now.hidden, 3) }));
  }
  if (now.inNetwork >= 0 && data.networks) parts.push(t("filter.in", { name: data.networks.names[now.inNetwork]! }));
  if (now.kindsOff.length) {
    const left = data.kinds.filter((k) => !now.kindsOff.includes(k));
    parts.push(left.length <= 4 ? t("filter.kinds", { which: listing(left) || t("none") }) : t("filter.nokinds", { which: listing(now.kindsOff, 4) }));
  }
  if (now.mandate) parts.push(t("filter.mandate", { what: now.mandate }));
  if (now.hard) parts.push(t(`filter.${now.hard}`));
  if (now.confirmed) parts.push(t("filter.confirmed"));
  if (now.strongest < 100) parts.push(t("filter.strongest", { share: now.strongest }));
  if (now.least) parts.push(t("filter.intensity", { n: now.least }));
  if (now.sureOnly) parts.push(t("filter.sure"));
  const all = parts.length === 0;
  const words = all
    ? t("filter.all", { nodes: count(data, nodes), ties: tn("ties", ties) })
    : t("filter.some", { n: nodes, of: count(data, data.n), m: ties, ofTies: tn("ties", data.m), how: parts.join("; ") });
  return { words, all };
}

/** How many belong to a network, as the tables count them, and how many of them are shown where that is fewer. */
export function membersOf(data: Data, network: number): string {
  const networks = data.networks!, size = networks.sizes[network] ?? null, here = networks.members[network]!.length;
  if (size === null) return t("members.hidden");
  return tn("members", size) + (here < size ? ` ${t("members.here", { n: here })}` : "");
}

export function count(data: Data, many: number): string {
  return `${number(many)} ${many === 1 ? t(`word.${data.word}`) : data.words}`;
}
