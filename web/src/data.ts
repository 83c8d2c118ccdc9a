// The content of the file: unpacked once into columns that everything else reads.

type Where = [kind: string, at: number, length: number];
interface Column {
  of: Where;
  values?: Where;
}
export type Numbers = ArrayLike<number>;

export interface Category {
  label: string;
  count: number;
  role: "named" | "others" | "none";
  more: string;
}
export interface Scheme {
  key: string;
  label: string;
  categories: Category[];
  of: Numbers;
}
export interface Measure {
  key: string;
  label: string;
  of: Numbers;
  rank: [Numbers, Numbers, Numbers] | null;
}
export interface Fact {
  key: string;
  label: string;
  words: string[];
  of: Numbers;
}
export interface Finding {
  id: string;
  question: string;
  headline: string;
  certainty: string;
  why: string;
  step: string;
  care: string;
  nodes: number[];
  ties: number[];
}
/** Two networks: shared members and ties between, observed and expected, the one member that joins them, and p of what links them. */
export type Pair = [first: number, second: number, shared: number, sharedExpected: number | null, ties: number, tiesExpected: number | null, through: string, p: number | null];
export interface Networks {
  names: string[];
  kind: string[];
  /** Middle and radius of the circle of each. */
  x: number[];
  y: number[];
  radius: number[];
  found: boolean;
  sizes: (number | null)[];
  belongs: number[][];
  members: number[][];
  pairs: Pair[];
}
/** The ties of one wave. */
export interface Ties {
  m: number;
  from: Uint32Array;
  to: Uint32Array;
  kinds: string[];
  kindOf: number[][];
  strength: Numbers | null;
  mandates: string[];
  mandate: Numbers | null;
  hard: Numbers | null;
  intensity: Numbers | null;
  trust: Numbers | null;
  confirmed: Numbers | null;
  bridge: Numbers | null;
  tieRests: Numbers | null;
  alignment: Numbers | null;
}
export interface Data extends Ties {
  title: string;
  sentence: string;
  about: string[];
  leftOut: [string, number, string][];
  made: string;
  report: string | null;
  word: string;
  words: string;
  n: number;
  names: string[];
  ids: string[];
  x: Float32Array;
  y: Float32Array;
  answered: Numbers | null;
  /** How surely each node belongs to its group, in hundredths and one more; 0 not known. */
  sure: Numbers | null;
  measures: Measure[];
  schemes: Scheme[];
  facts: Fact[];
  rests: Numbers | null;
  expectedAlignment: number | null;
  networks: Networks | null;
  findings: Finding[];
  /** Introductions that might help: two nodes that are not tied, and why. */
  proposed: [first: number, second: number, why: string][];
  /** The names of the waves, earliest first; one is what everything else is of. Empty where there are not several. */
  waves: string[];
  current: number;
  tiesIn: (wave: number) => Ties;
  /** Which ties of the wave are new since the one before, and the ties of that one that ended. */
  fresh: Uint8Array | null;
  ended: [first: number, second: number][];
  /** Colours in light and dark, see `theme`. */
  looks: string[][];
  /** Every word the page says. */
  strings: Record<string, string>;
}

/** Read the packed text of the page and unpack it. */
export async function load(text: string): Promise<Data> {
  return read(await gunzip(decode64(text)));
}

function decode64(text: string): Uint8Array {
  const raw = atob(text.replace(/\s+/g, ""));
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
}

async function gunzip(packed: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([packed as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The columns of an unpacked file. */
export function read(bytes: Uint8Array): Data {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  const start = bytes.byteOffset + 4 + size;
  const at = ([kind, offset, length]: Where): Numbers => {
    const from = start + offset;
    switch (kind) {
      case "u1": return new Uint8Array(bytes.buffer, from, length);
      case "u2": return new Uint16Array(bytes.buffer, from, length);
      case "u4": return new Uint32Array(bytes.buffer, from, length);
      case "f4": return new Float32Array(bytes.buffer, from, length);
      default: return new Float64Array(bytes.buffer, from, length);
    }
  };
  const maybe = (where?: Where | null): Numbers | null => (where ? at(where) : null);
  const numbers = (column?: Column | null): Numbers | null => {
    if (!column) return null;
    const of = at(column.of);
    if (!column.values) return of;
    const values = at(column.values);
    return new Float64Array(of).map((i) => values[i]!);
  };
  const lists = (column: { count: Where; of: Where }): number[][] => {
    const count = at(column.count), of = at(column.of), none: number[] = [], single: number[][] = [], out: number[][] = [];
    for (let i = 0, k = 0; i < count.length; i++) {
      const many = count[i]!;
      k += many;
      // Most lists have one entry or none, and there is one for every tie: those that are alike are one.
      out.push(many > 1 ? Array.prototype.slice.call(of, k - many, k) : many ? (single[of[k - 1]!] ??= [of[k - 1]!]) : none);
    }
    return out;
  };
  const n: number = head.names.length, step: number = head.places.step;
  const place = (where: Where): Float32Array => new Float32Array(at(where)).map((v) => v * step);
  const tiesOf = (ties: any): Ties => {
    const m: number = ties.count, from = new Uint32Array(m), delta = at(ties.from);
    for (let i = 0, sum = 0; i < m; i++) from[i] = sum += delta[i]!;
    return {
      m, from, to: new Uint32Array(at(ties.to)), kinds: ties["kinds"], kindOf: lists(ties.kind),
      strength: numbers(ties["strength"]), mandates: ties["mandates"] ?? [], mandate: maybe(ties["mandate"]), hard: maybe(ties["hard"]),
      intensity: numbers(ties["intensity"]), trust: numbers(ties["trust"]),
      confirmed: maybe(ties["confirmed"]), bridge: maybe(ties["bridge"]), tieRests: numbers(ties.rests), alignment: maybe(ties["alignment"]),
    };
  };
  const now = tiesOf(head.ties), waves = head["waves"];
  let networks: Networks | null = null;
  if (head["networks"]) {
    const belongs = lists(head["networks"].belongs);
    const members: number[][] = head["networks"].names.map(() => []);
    belongs.forEach((row, i) => row.forEach((g) => members[g]!.push(i)));
    networks = { ...head["networks"], belongs, members };
  }
  return {
    title: head.title, sentence: head.sentence, about: head.about, leftOut: head.left_out, made: head.made,
    report: head.report, word: head.word, words: head.words,
    n, names: head.names, ids: head.ids ?? head.names, x: place(head.places.x), y: place(head.places.y),
    answered: maybe(head.answered), sure: maybe(head["sure"]), rests: numbers(head.rests),
    measures: head.numbers.map((c: Column & { key: string; label: string; rank?: [Where, Where, Where] }) => ({
      key: c.key, label: c.label, of: numbers(c), rank: c.rank ? c.rank.map(at) : null,
    })),
    schemes: head.schemes.map((s: Scheme & { of: Where }) => ({ ...s, of: at(s.of) })),
    facts: head.facts.map((f: Fact & { of: Where }) => ({ ...f, of: at(f.of) })),
    ...now, waves: waves?.names ?? [], current: waves?.now ?? -1, tiesIn: (wave) => (waves?.ties[wave] ? tiesOf(waves.ties[wave]) : now), fresh: null, ended: [],
    expectedAlignment: head.expected_alignment, networks, findings: head.findings, proposed: head["proposed"] ?? [],
    looks: head.looks, strings: head.strings,
  };
}
