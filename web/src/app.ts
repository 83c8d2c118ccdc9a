// What ties the parts together: the content, the state, the picture, and the few things a person can do to them.
import { around } from "./camera";
import type { Data } from "./data";
import { say } from "./dom";
import type { Scene } from "./draw";
import { count, filter, membersOf, schemeOf, type Shown } from "./filter";
import { graph, neighbours, shortest, type Graph, type Way } from "./graph";
import { areas } from "./hulls";
import { look, theme, type Look } from "./look";
import type { Stage } from "./stage";
import { opening, Store, unfiltered, type Patch, type State } from "./state";
import { t, tn } from "./strings";
import { turn } from "./waves";

export class App {
  graph: Graph;
  readonly order: number[];
  stage: Stage | null = null;
  shown: Shown;
  look: Look;
  way: Way | null = null;
  /** Told where the focus goes when something is opened by hand. */
  openPanel: () => void = () => undefined;

  constructor(readonly data: Data, readonly store: Store) {
    turn(data, store.now.wave);
    this.graph = graph(data.n, data.from, data.to);
    const { degree } = this.graph;
    this.order = Array.from({ length: data.n }, (_, i) => i).sort((a, b) => degree[b]! - degree[a]! || a - b);
    this.shown = filter(data, this.graph, store.now);
    this.look = look(data, store.now);
    store.listen((now, before) => this.changed(now, before));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.update());
    matchMedia("(forced-colors: active)").addEventListener("change", () => this.update());
  }

  get now(): State {
    return this.store.now;
  }

  /** What rests on each node, in the wave that this is known of. */
  get rests(): Data["rests"] {
    return this.data.bridge && this.data.rests;
  }

  private changed(now: State, before: State): void {
    if (now.wave !== before.wave) {
      turn(this.data, now.wave);
      this.graph = graph(this.data.n, this.data.from, this.data.to);
      this.memory.clear();
    }
    const { words } = this.shown;
    this.update();
    if (this.shown.words !== words) say(this.shown.words);
    if (now.view !== before.view) say(t(`view.${now.view}.said`));
    if (now.proposed !== before.proposed) say(t(now.proposed ? "proposed.said" : "closed"));
    if (now.level !== before.level) {
      say(t(`level.${now.level}.said`));
      this.everything(true);
    }
  }

  /** Work out anew what is shown and how, and draw it. */
  update(): void {
    const { data, now, rests } = this, light = theme(data);
    this.shown = this.kept("shown", [now.hidden, now.kindsOff, now.inNetwork, now.mandate, now.hard, now.confirmed, now.strongest, now.least, now.sureOnly, now.hidden.length && now.colour], () => filter(data, this.graph, now));
    this.look = this.kept("look", [now.colour, now.size, now.ties, light.dark, light.ink], () => look(data, now));
    this.way = now.node >= 0 && now.to >= 0 ? shortest(this.graph, now.node, now.to, (e) => this.shown.tie[e] === 1) : null;
    const stage = this.stage;
    if (!stage) return;
    stage.scene = this.scene();
    stage.chosen = now.node;
    stage.important = this.kept("important", [now.size, now.ties === "bridges"], () => this.important());
    const finding = data.findings[now.finding], bridges = now.ties === "bridges" && rests !== null;
    const told = finding?.nodes ?? [];
    const top = bridges && (!finding || (finding.id === "F1" && told[0] !== undefined)) ? this.order.filter((i) => rests[i]! > 0).sort((a, b) => rests[b]! - rests[a]!).slice(0, 8) : [];
    stage.named = new Set(now.node >= 0 ? [] : [...told, ...top]);
    if (this.way && now.to >= 0) for (const i of this.way.nodes) stage.named.add(i);
    stage.note(bridges ? stage.named : [], rests);
    stage.redraw();
  }

  private readonly memory = new Map<string, { of: unknown[]; value: unknown }>();

  /** What was worked out from the same things before is not worked out again. */
  private kept<T>(name: string, of: unknown[], make: () => T): T {
    const held = this.memory.get(name);
    if (held && held.of.every((part, i) => part === of[i])) return held.value as T;
    const value = make();
    this.memory.set(name, { of, value });
    return value;
  }

  private scene(): Scene {
    const { data, now, shown } = this, scheme = schemeOf(data, now.colour);
    return {
      data, look: this.look, shown, level: now.level, network: now.network, opened: now.opened, proposed: this.proposals(), ended: now.ties === "changes" ? data.ended.filter(([a, b]) => shown.node[a] && shown.node[b]) : [], focus: this.focus(), rings: this.rings(),
      areas: scheme && now.hulls && data.n <= 20_000 ? this.kept("areas", [shown, now.colour], () => areas(scheme, data.x, data.y, shown.node)) : [],
    };
  }

  /** The introductions that are drawn now; of one node where one is given. */
  proposals(node = -1): Data["proposed"] {
    const { data, now, shown } = this;
    return now.proposed ? data.proposed.filter(([a, b]) => shown.node[a] && shown.node[b] && (node < 0 || a === node || b === node)) : [];
  }

  private focus(): Scene["focus"] {
    const { data, now, way } = this;
    if (now.to >= 0 && way) return { nodes: new Set([now.node, now.to, ...way.onNodes]), ties: way.onTies };
    if (now.node >= 0) {
      const near = neighbours(this.graph, now.node).filter((x) => this.shown.tie[x.tie]);
      return { nodes: new Set([now.node, ...this.proposals(now.node).flatMap(([a, b]) => [a, b]), ...near.map((x) => x.node)]), ties: new Set(near.map((x) => x.tie)) };
    }
    if (now.network >= 0 && data.networks) return { nodes: new Set(data.networks.members[now.network]!), ties: null };
    return null;
  }

  private rings(): Map<number, number> {
    const { data, now, rests } = this, rings = new Map<number, number>();
    if (now.ties === "bridges" && rests) for (let i = 0; i < data.n; i++) if (rests[i]! > 0) rings.set(i, 1.4);
    for (const i of data.findings[now.finding]?.nodes ?? []) rings.set(i, 3);
    if (now.node >= 0) rings.set(now.node, 3.5);
    if (now.to >= 0) rings.set(now.to, 3.5);
    return rings;
  }

  private important(): number[] {
    const { data, now, order, rests } = this, measure = data.measures.find((c) => c.key === now.size);
    const value = (i: number): number => (measure ? measure.of[i]! || 0 : 0);
    const cut = (i: number): number => (now.ties === "bridges" && rests ? Number(rests[i]! > 0) : 0);
    return [...order].sort((a, b) => cut(b) - cut(a) || value(b) - value(a) || this.graph.degree[b]! - this.graph.degree[a]! || a - b);
  }

  // What a person does ------------------------------------------------------------------------------------------------

  /** Open a node (or close with -1): by hand the panel gets the focus, from the keyboard walk the map keeps it. */
  choose(node: number, how: "hand" | "walk" | "find" = "hand"): void {
    if (node >= 0 && !this.shown.node[node]) this.store.set(unfiltered);
    this.store.set({ node, to: -1, network: -1, ...(node >= 0 && this.now.level === "networks" ? { level: "nodes" as const } : {}) });
    if (node < 0) {
      say(t("closed"));
      return;
    }
    const { data } = this, near = neighbours(this.graph, node).filter((x) => this.shown.tie[x.tie]).length;
    say(t("chosen", { name: data.names[node]!, ties: tn("ties", near), what: this.what(node).join(", ") }));
    if (how === "find") this.fly(node);
    else this.keepInView(node);
    if (how === "find") this.openPanel();
  }

  chooseNetwork(network: number): void {
    this.store.set({ network, node: -1, to: -1 });
    const networks = this.data.networks;
    if (network >= 0 && networks) say(`${networks.names[network]}, ${membersOf(this.data, network)}`);
    else say(t("closed"));
  }

  /** Draw the members of a network inside its circle, or no longer. */
  openNetwork(network: number, open: boolean): void {
    this.store.set({ opened: open ? [...this.now.opened, network] : this.now.opened.filter((g) => g !== network) });
    say(t(open ? "network.opened" : "network.shut", { name: this.data.networks!.names[network]! }));
  }

  /** The few words that say what a node is. */
  what(node: number): string[] {
    return this.data.facts.filter((f) => f.key !== "place" && f.words[f.of[node]!]).map((f) => f.words[f.of[node]!]!).filter((w, i, all) => all.indexOf(w) === i);
  }

  /** Bring what is chosen into view: a node with those it is tied to, or the whole way to another. */
  fly(node: number): void {
    const { data, stage, now, way } = this;
    if (!stage) return;
    const close = now.to >= 0 ? [node, now.to, ...(way?.onNodes ?? [])] : [node, ...neighbours(this.graph, node).map((x) => x.node)];
    stage.fit(around(data.x, data.y, close, 50), 1.7);
  }

  keepInView(node: number): void {
    const { data, stage } = this;
    if (!stage) return;
    const [x, y] = stage.camera.toScreen(data.x[node]!, data.y[node]!), { margins, camera } = stage;
    if (x > margins.left && y > margins.top && x < camera.width - margins.right && y < camera.height - margins.bottom) return;
    // The middle of what is free: a sheet may cover the lower part.
    stage.fly({ x: data.x[node]! - (margins.left - margins.right) / 2 / camera.k, y: data.y[node]! - (margins.top - margins.bottom) / 2 / camera.k, k: camera.k });
  }

  everything(still = false): void {
    this.stage?.fit(this.stage.everything(), 1.9, still);
  }

  /** A step of the tour: what a finding speaks of, shown the way that lets it be seen. */
  tour(at: number, still = false): void {
    const { data } = this, finding = data.findings[at];
    if (!finding) {
      this.store.set({ finding: -1 });
      return;
    }
    // A finding is of the current wave: its ties have to be there before it is asked what they are known by.
    this.store.set({ wave: data.current });
    // Each step sets all it shows, so that it looks the same whichever step came before.
    const patch: Patch = { ...unfiltered, colour: opening(data).colour, finding: at, node: -1, to: -1, network: -1, level: "nodes", view: this.now.view };
    if (finding.id === "F1" && data.bridge) patch.ties = "bridges";
    else if (finding.id === "F2" && data.hard) patch.ties = "backing";
    else if (finding.id === "F4" && data.alignment) patch.ties = "values";
    else if (finding.id === "F6" && data.schemes.some((s) => s.key === "sector")) Object.assign(patch, { ties: "plain", colour: "sector" });
    else if (finding.id === "F7" && data.networks) patch.level = "networks";
    else patch.ties = "plain";
    patch.proposed = finding.id === "F8" && data.proposed.length > 0;
    this.store.set(patch);
    say(`${finding.headline} ${t("certainty", { word: finding.certainty })}`);
    this.everything(still);
  }

  counted(many: number): string {
    return count(this.data, many);
  }
}
