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
  /** The least level of intensity, 0 for any; whether only those whose group is sure are shown. */
  least: number;
  sureOnly: boolean;
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
  hidden: [], kindsOff: [], inNetwork: -1, mandate: "", hard: "", confirmed: false, strongest: 100, least: 0, sureOnly: false,
};

/** How the map opens: colours by the named networks where most belong to one, else by the first thing known. */
export function opening(data: Data): State {
  const named = data.schemes.find((s) => s.key === "networks");
  const one = named ? named.categories.reduce((sum, c) => sum + (c.role === "named" && c.label !== "more than one network" ? c.count : 0), 0) : 0;
  const scheme = named && one > 0.6 * data.n ? named : data.schemes[0];
  return {
    view: "map", level: "nodes", colour: scheme?.key ?? "", size: data.measures[0]?.key ?? "",
    ties: data.bridge ? "bridges" : "plain", wave: data.current, hulls: true, proposed: false, query: "", node: -1, network: -1, opened: [], to: -1, finding: -1,
    ...(unfiltered as Required<Pick<State, "hidden" | "kindsOff" | "inNetwork" | "mandate" | "hard" | "confirmed" | "strongest" | "least" | "sureOnly">>),
  };
}

/** How a value is written in the address, and how it is read from there: nothing where the data do not hold it. */
type Form = [write: (value: any) => string, read: (text: string) => unknown];

const text: Form = [String, String];
const flag: Form = [(on) => on ? "yes" : "no", (word) => word === "yes"];
const between = (least: number, most: number): Form => [String, (n) => Number(n) >= least && Number(n) <= most ? Number(n) : undefined];
const among = (words: string[]): Form => [String, (word) => words.includes(word) ? word : undefined];
const placed = (names: string[] = []): Form => [(at) => names[at]!, (name) => names.includes(name) ? names.indexOf(name) : undefined];

/** What the address holds of the state, in its order: the word, the form, and whether several may be named. */
type Fields = { [K in keyof State]?: [word: string, form: Form, several?: true] };

// The keys are names, not strings: the build shortens the names of the state.
function fields(data: Data): [keyof State, Required<Fields>["view"]][] {
  const node = placed(data.ids), network = placed(data.networks?.names);
  const all: Fields = {
    view: ["view", among(["table"])],
    level: ["level", among(data.networks ? ["networks"] : [])],
    colour: ["colour", among(["", ...data.schemes.map((s) => s.key)])],
    size: ["size", among(["", ...data.measures.map((m) => m.key)])],
    mandate: ["mandate", text],
    hard: ["hard", text],
    query: ["query", text],
    wave: ["wave", placed(data.waves)],
    ties: ["ties", among(["bridges", "backing", "values", "strength", "changes", "plain"] satisfies Mode[])],
    hulls: ["areas", [flag[0], (word) => word !== "no"]],
    proposed: ["proposed", [flag[0], (word) => word === "yes" && data.proposed.length > 0]],
    node: ["node", node],
    to: ["to", node],
    network: ["network", network],
    inNetwork: ["in", network],
    opened: ["open", network, true],
    hidden: ["hide", text, true],
    kindsOff: ["without", text, true],
    confirmed: ["confirmed", flag],
    strongest: ["strongest", between(1, 100)],
    least: ["intensity", between(1, 5)],
    sureOnly: ["sure", flag],
  };
  return Object.entries(all) as [keyof State, Required<Fields>["view"]][];
}

/** The state as it stands in the address: only what differs from how the map opens. */
export function toHash(data: Data, now: State, base: State, camera: string): string {
  const parts = now.finding >= 0 ? [["finding", data.findings[now.finding]!.id]] : [];
  for (const [key, [word, [write]]] of fields(data)) {
    if (JSON.stringify(now[key]) !== JSON.stringify(base[key])) for (const value of [now[key]].flat()) parts.push([word, write(value)]);
  }
  if (camera) parts.push(["at", camera]);
  return parts.map(([word, value]) => `${word}=${encodeURIComponent(value!).replace(/%20/g, "+").replace(/%2C/g, ",")}`).join("&");
}

export interface Wanted {
  patch: Patch;
  finding: number;
  camera: string;
}

/** What an address asks for; what it names and the data do not hold is left out. */
export function fromHash(data: Data, hash: string): Wanted {
  const patch: Record<string, unknown> = {}, asked = new URLSearchParams(hash.replace(/^#/, ""));
  for (const [key, [word, [, read], several]] of fields(data)) {
    const values = asked.getAll(word).map(read), known = values.filter((value) => value !== undefined);
    if (several) {
      if (values.length) patch[key] = known;
    } else if (values[0] !== undefined) patch[key] = values[0];
  }
  const id = asked.get("finding")?.toLowerCase();
  return { patch, finding: data.findings.findIndex((f) => f.id.toLowerCase() === id), camera: asked.get("at") ?? "" };
}
