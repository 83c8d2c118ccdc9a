// How everything looks: colours in both lights, shapes, sizes and lines, decided once for the picture, the key and the SVG.
import type { Data } from "./data";
import type { State } from "./state";
import { schemeOf, unsure } from "./filter";

export const SHAPES = ["circle", "square", "triangle", "diamond", "hexagon"] as const;
export type Shape = (typeof SHAPES)[number];

export interface Theme {
  dark: boolean;
  ground: string;
  ink: string;
  muted: string;
  tie: string;
  none: string;
  others: string;
  low: string;
  high: string;
  accent: string;
  hues: readonly string[];
}

/** How a tie is drawn that is no longer there. */
export function endedLine(looks: Theme): Line {
  return { colour: looks.low, width: 1.4, alpha: 0.9, dash: [2, 5] };
}

/** How a tie is drawn that is not there yet. */
export function proposedLine(looks: Theme): Line {
  return { colour: looks.accent, width: 2.4, alpha: 1, dash: [7, 6] };
}

/** The colours of the page, by the system's light; the content brings them in this order. */
export function theme(data: Data): Theme {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches && !matchMedia("print").matches;
  const [ground, ink, muted, tie, none, others, low, high, accent, ...hues] = data.looks[Number(dark)]!;
  const base = { dark, ground, ink, muted, tie, none, others, low, high, accent, hues } as Theme;
  return matchMedia("(forced-colors: active)").matches ? { ...base, ground: "Canvas", ink: "CanvasText", muted: "CanvasText", tie: "GrayText", accent: "Highlight" } : base;
}

export interface Line {
  colour: string;
  width: number;
  alpha: number;
  dash: readonly number[];
}

export interface Look {
  theme: Theme;
  colour: string[];
  shape: Uint8Array;
  /** Radius on the map, before the scale. */
  radius: Float32Array;
  hollow: Uint8Array;
  /** Which line each tie is drawn with, later ones on top, and what the lines look like. */
  line: Uint8Array;
  lines: Line[];
  /** What the lines mean, as keys of words, in the order of the key. */
  legend: { key: string; line: number }[];
}

/** From so many ties on none has dashes, and all are painted. */
export const MANY = 5000;

export const RADIUS = { least: 4.5, most: 16, same: 8 };

export function radiusOf(value: number, largest: number): number {
  return value > 0 && largest > 0 ? Math.max(RADIUS.least, RADIUS.most * Math.sqrt(value / largest)) : RADIUS.least;
}

/** The categories that shapes stand for: the kinds of node where there are at least two. */
export function shapesOf(data: Data): { label: string; words: { word: string; shape: Shape; count: number }[]; of: Uint8Array } | null {
  const fact = data.facts.find((f) => f.key === "type");
  if (!fact) return null;
  const counts = fact.words.map(() => 0);
  for (let i = 0; i < data.n; i++) counts[fact.of[i]!]!++;
  const order = fact.words.map((_, i) => i).filter((i) => fact.words[i] && counts[i]).sort((a, b) => counts[b]! - counts[a]! || a - b);
  if (order.length < 2) return null;
  const shape = fact.words.map(() => 0), words: { word: string; shape: Shape; count: number }[] = [];
  order.forEach((w, at) => {
    const own = order.length <= SHAPES.length ? at : at < SHAPES.length - 1 ? at + 1 : 0;
    shape[w] = own;
    if (own || order.length <= SHAPES.length) words.push({ word: fact.words[w]!, shape: SHAPES[own]!, count: counts[w]! });
  });
  if (order.length > SHAPES.length) words.push({ word: "", shape: "circle", count: data.n - words.reduce((s, w) => s + w.count, 0) });
  return { label: fact.label, words, of: Uint8Array.from({ length: data.n }, (_, i) => shape[fact.of[i]!]!) };
}

export function hueOf(now: Theme, role: string, place: number): string {
  return role === "named" ? (now.hues[place] ?? now.others) : role === "others" ? now.others : now.none;
}

/** A share of one colour and the rest of another. */
export function mix(one: string, share: number, other: string): string {
  const part = (text: string, at: number): number => parseInt(text.slice(at, at + 2), 16);
  return `#${[1, 3, 5].map((at) => Math.round(share * part(one, at) + (1 - share) * part(other, at)).toString(16).padStart(2, "0")).join("")}`;
}

/** A hue half on its way to grey. */
export const faded = (hue: string, now: Theme): string => (hue === now.none ? hue : mix(hue, 0.4, now.others));

export function look(data: Data, now: State): Look {
  const looks = theme(data), scheme = schemeOf(data, now.colour);
  const hues = scheme ? scheme.categories.map((c, i) => hueOf(looks, c.role, i)) : [looks.hues[0]!];
  const pale = scheme?.key === "community" && data.sure ? hues.map((hue) => faded(hue, looks)) : null;
  const colour = Array.from({ length: data.n }, (_, i) => {
    const at = scheme ? scheme.of[i]! : 0;
    return (pale && unsure(data, i) ? pale : hues)[at]!;
  });
  const measure = data.measures.find((c) => c.key === now.size), radius = new Float32Array(data.n);
  let largest = 0;
  if (measure) for (let i = 0; i < data.n; i++) if (measure.of[i]! > largest) largest = measure.of[i]!;
  for (let i = 0; i < data.n; i++) radius[i] = measure ? radiusOf(measure.of[i]!, largest) : RADIUS.same;
  const hollow = new Uint8Array(data.n);
  if (data.answered) for (let i = 0; i < data.n; i++) hollow[i] = data.answered[i] === 1 ? 1 : 0;
  const shapes = shapesOf(data);
  return { theme: looks, colour, shape: shapes?.of ?? new Uint8Array(data.n), radius, hollow, ...lines(data, now, looks) };
}

const BANDS = [-0.15, -0.05, 0.05, 0.15];

function lines(data: Data, now: State, looks: Theme): Pick<Look, "line" | "lines" | "legend"> {
  const out = new Uint8Array(data.m), faint = Math.max(0.16, Math.min(0.75, 0.75 * Math.sqrt(500 / Math.max(data.m, 1))));
  const plain: Line = { colour: looks.tie, width: 1.1, alpha: faint, dash: [] };
  const oneSided: Line = { ...plain, alpha: faint * 0.5 };
  const mixed = data.confirmed !== null && someOf(data.confirmed) && !allOf(data.confirmed);
  const many = data.m > MANY;
  const legend: { key: string; line: number }[] = [];
  if (now.ties === "bridges" && data.bridge) {
    const all = [oneSided, plain, { colour: looks.ink, width: 2.4, alpha: 0.9, dash: [] }];
    for (let e = 0; e < data.m; e++) out[e] = data.bridge[e] ? 2 : mixed && !data.confirmed![e] ? 0 : 1;
    legend.push({ key: "line.bridge", line: 2 }, { key: mixed ? "line.confirmed" : "line.other", line: 1 });
    if (mixed) legend.push({ key: "line.unconfirmed", line: 0 });
    return { line: out, lines: all, legend };
  }
  if (now.ties === "changes" && data.fresh) {
    legend.push({ key: "line.fresh", line: 1 }, { key: "line.kept", line: 0 });
    return { line: data.fresh, lines: [plain, { colour: looks.high, width: 2.2, alpha: 0.9, dash: [] }], legend };
  }
  if (now.ties === "backing" && (data.hard || data.mandate)) {
    // Colour says who decided, the line how binding it is: two questions, two channels.
    const hue = [looks.tie, looks.low, looks.high], how: Line[] = [];
    const forms = [{ width: 1.1, dash: [1, 4] }, { width: 1.3, dash: [5, 4] }, { width: 1.8, dash: [9, 3] }, { width: 2.8, dash: [] }].map(({ width, dash }) => ({ width, dash: many ? [] : dash }));
    for (const form of forms) for (const colour of hue) how.push({ ...form, colour, alpha: 0.9 });
    for (let e = 0; e < data.m; e++) {
      const word = data.mandate ? data.mandates[data.mandate[e]!] : "";
      out[e] = (data.hard ? data.hard[e]! : 0) * 3 + (word === "mandated" ? 1 : word === "voluntary" ? 2 : 0);
    }
    const ink = how.length;
    for (const form of forms) how.push({ ...form, colour: looks.ink, alpha: 1 });
    for (let h = 3; h >= 0; h--) if (data.hard && includes(data.hard, h)) legend.push({ key: `line.hard${h}`, line: ink + h });
    if (data.mandate) {
      for (const [key, colour] of [["line.mandated", 1], ["line.voluntary", 2], ["line.mixed", 0]] as const) {
        how.push({ colour: hue[colour]!, width: 2.8, alpha: 1, dash: [] });
        legend.push({ key, line: how.length - 1 });
      }
    }
    return { line: out, lines: how, legend };
  }
  if (now.ties === "values" && data.alignment) {
    const middle = data.expectedAlignment ?? 0.5;
    const five = [looks.low, looks.low, looks.tie, looks.high, looks.high].map((colour, i) => ({
      colour, width: [2.6, 1.6, 1.1, 1.6, 2.6][i]!, alpha: i === 2 ? 0.7 : 0.95, dash: [] as number[],
    }));
    const all: Line[] = [{ colour: looks.tie, width: 1, alpha: 0.8, dash: many ? [] : [1, 4] }, five[2]!, five[1]!, five[3]!, five[0]!, five[4]!];
    const place = [4, 2, 1, 3, 5];
    for (let e = 0; e < data.m; e++) {
      const value = data.alignment[e]!;
      out[e] = value === 65535 ? 0 : place[BANDS.filter((b) => value / 10_000 - middle > b).length]!;
    }
    for (let i = 4; i >= 0; i--) legend.push({ key: `line.values${i}`, line: place[i]! });
    legend.push({ key: "line.values", line: 0 });
    return { line: out, lines: all, legend };
  }
  if (now.ties === "strength" && data.strength) {
    const all = [0.7, 1.4, 2.6, 4.2, 6].map((width) => ({ colour: looks.tie, width, alpha: Math.max(faint, 0.4), dash: [] }));
    let most = 0;
    for (let e = 0; e < data.m; e++) most = Math.max(most, data.strength[e]! || 0);
    for (let e = 0; e < data.m; e++) out[e] = Math.min(4, Math.floor(4.999 * Math.sqrt((data.strength[e]! || 0) / (most || 1))));
    legend.push({ key: "line.strong", line: 4 }, { key: "line.weak", line: 0 });
    return { line: out, lines: all, legend };
  }
  if (mixed) {
    for (let e = 0; e < data.m; e++) out[e] = data.confirmed![e] ? 1 : 0;
    legend.push({ key: "line.confirmed", line: 1 }, { key: "line.unconfirmed", line: 0 });
    return { line: out, lines: [oneSided, plain], legend };
  }
  return { line: out, lines: [plain], legend: [{ key: "line.plain", line: 0 }] };
}

function someOf(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i]) return true;
  return false;
}
function allOf(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!values[i]) return false;
  return true;
}
function includes(values: ArrayLike<number>, wanted: number): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] === wanted) return true;
  return false;
}
