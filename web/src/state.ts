// What is looked at now, in one place; everything that shows it listens. It fits into the address, so a link restores it.
import type { Data } from "./data";

export type Level = "nodes" | "networks";
export type Mode = "bridges" | "backing" | "values" | "strength" | "changes" | "plain";

export interface State {
  view: "map" | "table";
  level: Level;
  colour: string;
  size: string;
  ties: Mode;
  /** Which wave is shown; -1 where there are not several. */
  wave: number;
  hulls: boolean;
  /** Whether proposed introductions are drawn. */
  proposed: boolean;
  /** What is chosen: a node, a network or nothing (-1), and the other end of a way. */
  node: number;
  network: number;
  /** Networks whose members are drawn inside their circles. */
  opened: number[];
  to: number;
  finding: number;
  hidden: string[];
  kindsOff: string[];
  inNetwork: number;
  mandate: string;
  hard: string;
  confirmed: boolean;
  strongest: number;
  query: string;
}

export type Patch = Partial<State>;
export type Listener = (now: State, before: State) => void;

export class Store {
  now: State;
  private listeners: Listener[] = [];

  constructor(first: State) {
    this.now = first;
  }

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  set(patch: Patch): void {
    const before = this.now;
    this.now = { ...before, ...patch };
    for (const listener of this.listeners) listener(this.now, before);
  }
}

export const unfiltered: Patch = {
  hidden: [], kindsOff: [], inNetwork: -1, mandate: "", hard: "", confirmed: false, strongest: 100, query: "",
};

/** How the map opens: colours by the named networks where most belong to one, else by the first thing known. */
export function opening(data: Data): State {
  const named = data.schemes.find((s) => s.key === "networks");
  const one = named ? named.categories.reduce((sum, c) => sum + (c.role === "named" && c.label !== "more than one network" ? c.count : 0), 0) : 0;
  const scheme = named && one > 0.6 * data.n ? named : data.schemes[0];
  return {
    view: "map", level: "nodes", colour: scheme?.key ?? "", size: data.measures[0]?.key ?? "",
    ties: data.bridge ? "bridges" : "plain", wave: data.current, hulls: true, proposed: false, node: -1, network: -1, opened: [], to: -1, finding: -1,
    ...(unfiltered as Required<Pick<State, "hidden" | "kindsOff" | "inNetwork" | "mandate" | "hard" | "confirmed" | "strongest" | "query">>),
  };
}

const MODES = new Set<string>(["bridges", "backing", "values", "strength", "changes", "plain"]);

/** The state as it stands in the address: only what differs from how the map opens. */
export function toHash(data: Data, now: State, base: State, camera: string): string {
  const parts: [string, string][] = [];
  if (now.finding >= 0) parts.push(["finding", data.findings[now.finding]!.id]);
  if (now.view !== base.view) parts.push(["view", now.view]);
  if (now.level !== base.level) parts.push(["level", now.level]);
  const words: [string, string, string][] = [["colour", now.colour, base.colour], ["size", now.size, base.size], ["mandate", now.mandate, base.mandate], ["hard", now.hard, base.hard], ["query", now.query, base.query]];
  for (const [key, own, first] of words) if (own !== first) parts.push([key, own]);
  if (now.wave !== base.wave) parts.push(["wave", data.waves[now.wave]!]);
  if (now.ties !== base.ties) parts.push(["ties", now.ties]);
  if (now.hulls !== base.hulls) parts.push(["areas", now.hulls ? "yes" : "no"]);
  if (now.proposed) parts.push(["proposed", "yes"]);
  if (now.node >= 0) parts.push(["node", data.ids[now.node]!]);
  if (now.to >= 0) parts.push(["to", data.ids[now.to]!]);
  if (now.network >= 0) parts.push(["network", data.networks!.names[now.network]!]);
  if (now.inNetwork >= 0) parts.push(["in", data.networks!.names[now.inNetwork]!]);
  for (const g of now.opened) parts.push(["open", data.networks!.names[g]!]);
  for (const label of now.hidden) parts.push(["hide", label]);
  for (const kind of now.kindsOff) parts.push(["without", kind]);
  if (now.confirmed) parts.push(["confirmed", "yes"]);
  if (now.strongest !== 100) parts.push(["strongest", String(now.strongest)]);
  if (camera) parts.push(["at", camera]);
  return parts.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%20/g, "+").replace(/%2C/g, ",")}`).join("&");
}

export interface Wanted {
  patch: Patch;
  finding: number;
  camera: string;
}

/** What an address asks for; what it names and the data do not hold is left out. */
export function fromHash(data: Data, hash: string): Wanted {
  const patch: Patch = {}, asked = new URLSearchParams(hash.replace(/^#/, ""));
  const node = (key: string): number => data.ids.indexOf(asked.get(key) ?? "");
  const network = (key: string): number => data.networks?.names.indexOf(asked.get(key) ?? "") ?? -1;
  const colour = asked.get("colour"), size = asked.get("size"), ties = asked.get("ties") ?? "";
  if (asked.get("view") === "table") patch.view = "table";
  if (asked.get("level") === "networks" && data.networks) patch.level = "networks";
  if (colour !== null && (colour === "" || data.schemes.some((s) => s.key === colour))) patch.colour = colour;
  if (size !== null && (size === "" || data.measures.some((c) => c.key === size))) patch.size = size;
  const wave = data.waves.indexOf(asked.get("wave") ?? "");
  if (wave >= 0) patch.wave = wave;
  if (MODES.has(ties)) patch.ties = ties as Mode;
  if (asked.has("areas")) patch.hulls = asked.get("areas") !== "no";
  if (asked.has("proposed")) patch.proposed = asked.get("proposed") === "yes" && data.proposed.length > 0;
  const mandate = asked.get("mandate"), hard = asked.get("hard"), query = asked.get("query");
  if (mandate !== null) patch.mandate = mandate;
  if (hard !== null) patch.hard = hard;
  if (query !== null) patch.query = query;
  if (node("node") >= 0) patch.node = node("node");
  if (node("to") >= 0) patch.to = node("to");
  if (network("network") >= 0) patch.network = network("network");
  if (network("in") >= 0) patch.inNetwork = network("in");
  if (asked.has("open")) patch.opened = asked.getAll("open").map((name) => data.networks?.names.indexOf(name) ?? -1).filter((g) => g >= 0);
  if (asked.has("hide")) patch.hidden = asked.getAll("hide");
  if (asked.has("without")) patch.kindsOff = asked.getAll("without");
  if (asked.has("confirmed")) patch.confirmed = asked.get("confirmed") === "yes";
  const strongest = Number(asked.get("strongest"));
  if (strongest >= 1 && strongest <= 100) patch.strongest = strongest;
  const id = asked.get("finding")?.toLowerCase();
  return { patch, finding: data.findings.findIndex((f) => f.id.toLowerCase() === id), camera: asked.get("at") ?? "" };
}
