// The panel: everything known of what was chosen, in words.
import type { App } from "./app";
import { beyond } from "./draw";
import { button, el, fill, say, type Child } from "./dom";
import { membersOf, unsure } from "./filter";
import { neighbours, partsWithout } from "./graph";
import { search } from "./search";
import { has, listing, number, percent, t, tn } from "./strings";

const SHOWN = 60;

export class Panel {
  readonly root = el("aside", { id: "panel", "aria-labelledby": "panel-title", tabindex: -1, hidden: true });
  private before = "";

  constructor(private readonly app: App, private readonly left: () => void) {
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    app.store.listen(() => this.show());
  }

  close(): void {
    if (this.app.now.to >= 0) this.app.store.set({ to: -1 });
    else if (this.app.now.network >= 0) this.app.chooseNetwork(-1);
    else this.app.choose(-1);
    if (this.root.hidden) this.left();
    else this.root.focus();
  }

  show(): void {
    const { now, shown } = this.app, key = JSON.stringify([now.node, now.to, now.network, now.level, now.opened, now.proposed, now.wave, now.ties, shown.words]);
    if (key === this.before) return;
    const held = this.root.contains(document.activeElement) && document.activeElement !== this.root;
    this.before = key;
    this.root.hidden = now.node < 0 && now.network < 0;
    document.body.classList.toggle("open", !this.root.hidden);
    if (this.root.hidden) return;
    const parts = now.node >= 0 ? (now.to >= 0 ? this.way() : this.node(now.node)) : this.network(now.network);
    fill(this.root, button("\u00d7", () => this.close(), { class: "close", "aria-label": t("close") }), ...parts);
    this.root.scrollTop = 0;
    if (held) this.root.focus({ preventScroll: true });
  }

  private title(text: string): HTMLElement {
    return el("h2", { id: "panel-title" }, text);
  }

  private go(node: number, extra: Child = null): HTMLElement {
    return el("li", {}, button(this.app.data.names[node]!, () => {
      this.app.choose(node);
      this.root.focus();
    }, { class: "link" }), extra);
  }

  private goNetwork(network: number): HTMLElement {
    return button(this.app.data.networks!.names[network]!, () => {
      this.app.store.set({ level: "networks" });
      this.app.chooseNetwork(network);
      this.root.focus();
    }, { class: "link" });
  }

  // A node -------------------------------------------------------------------------------------------------------------

  private node(i: number): Child[] {
    const { app } = this, { data } = app, near = neighbours(app.graph, i).filter((x) => app.shown.tie[x.tie]);
    const facts = data.facts.filter((f) => f.words[f.of[i]!]);
    const seen = new Set<string>(), about = facts.filter((f) => !seen.has(f.words[f.of[i]!]!) && seen.add(f.words[f.of[i]!]!)).map((f) => f.words[f.of[i]!]!);
    const group = data.schemes.find((s) => s.key === "community"), category = group?.categories[group.of[i]!];
    const belongs = data.networks && !data.networks.found ? data.networks.belongs[i]! : [];
    return [
      this.title(data.names[i]!),
      about.length > 0 && el("p", { class: "what" }, about.join(" \u00b7 ")),
      data.answered?.[i] === 1 && el("p", { class: "what" }, t("unanswered")),
      belongs.length > 0 && el("ul", { class: "belongs", "aria-label": t("belongs") }, ...belongs.map((g) => el("li", {}, el("span", { class: "quiet" }, `${t("belongs")} `), this.goNetwork(g)))),
      category?.role === "named" && el("p", { class: "quiet" }, t("grouped", { group: category.label, more: category.more ? ` (${category.more})` : "" }), unsure(data, i) && ` ${t("unsure")}`),
      this.rests(i),
      el("div", { class: "row" }, this.wayTo(i), button(t("zoom.to"), () => app.fly(i))),
      ...this.met(i),
      ...this.ties(near),
      ...this.gone(i),
      this.measures(i),
    ];
  }

  /** Whom it might be introduced to, and why. */
  private met(i: number): Child[] {
    const list = this.app.proposals(i);
    return list.length ? [el("h3", {}, t("proposed")), el("ul", { class: "ties" }, ...list.map(([a, b, why]) => this.go(a === i ? b : a, el("span", { class: "quiet" }, why))))] : [];
  }

  /** Whom it was tied to in the wave before and is no longer. */
  private gone(i: number): Child[] {
    const { data, now } = this.app, list = data.ended.filter((pair) => pair.includes(i));
    return list.length ? [el("h3", {}, t("wave.gone", { wave: data.waves[now.wave - 1]! })), el("ul", { class: "ties" }, ...list.map(([a, b]) => this.go(a === i ? b : a)))] : [];
  }

  private rests(i: number): Child {
    const { app } = this, { data } = app, share = app.rests?.[i];
    if (!share) return null;
    const parts = partsWithout(app.graph, i, -1, null);
    const small = parts.slice(1).map((p) => p.map((j) => data.names[j]!));
    const said: Child[] = [el("h3", {}, t("rests.title")), el("p", {}, t("rests", { share: percent(share) }))];
    if (parts.length > 1) {
      said.push(el("p", {}, t("rests.parts", { name: data.names[i]!, n: parts.length })));
      said.push(el("ul", {}, el("li", {}, tn("rests.largest", parts[0]!.length)), ...small.slice(0, 8).map((names) => el("li", {}, listing(names, 6))),
        small.length > 8 && el("li", {}, t("more", { n: small.length - 8 }))));
    }
    return el("section", { class: "rests" }, ...said);
  }

  private wayTo(i: number): HTMLElement {
    const box = el("div", { class: "way" }), { app } = this;
    const open = button(t("way.open"), () => {
      const find = search(app, "way", t("way.to"), (to) => {
        if (to === i) return;
        app.store.set({ to });
        app.fly(i);
        say(this.wayWords());
        this.root.focus();
      });
      box.replaceChildren(find.root);
      find.input.focus();
    });
    box.append(open);
    return box;
  }

  private ties(near: { node: number; tie: number }[]): Child[] {
    const { data } = this.app;
    if (!near.length) return [el("h3", {}, t("ties.none"))];
    const byKind = new Map<string, { node: number; tie: number }[]>();
    for (const x of near) for (const kind of data.kindOf[x.tie]!.length ? data.kindOf[x.tie]! : [-1]) {
      const word = kind < 0 ? "" : data.kinds[kind]!;
      byKind.set(word, [...(byKind.get(word) ?? []), x]);
    }
    const strength = (x: { tie: number }): number => data.strength?.[x.tie] ?? 0;
    const groups = [...byKind].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]));
    const out: Child[] = [el("h3", {}, tn("ties", near.length))];
    for (const [kind, list] of groups) {
      list.sort((a, b) => strength(b) - strength(a) || data.names[a.node]!.localeCompare(data.names[b.node]!, undefined, { numeric: true }));
      if (kind) out.push(el("h4", {}, `${kind} (${number(list.length)})`));
      out.push(el("ul", { class: "ties" }, ...list.slice(0, SHOWN).map((x) => this.go(x.node, el("span", { class: "quiet" }, this.tie(x.tie)))),
        list.length > SHOWN && el("li", {}, t("more", { n: list.length - SHOWN }))));
    }
    return out;
  }

  /** What is known of a tie, in a few words. */
  tie(e: number): string {
    const { data } = this.app, words: string[] = [];
    if (data.mandate) words.push(data.mandates[data.mandate[e]!] || t("mandate.unknown"));
    if (data.hard) words.push(t(`hard.${data.hard[e]}`));
    for (const key of ["intensity", "trust"] as const) if (data[key]?.[e]! >= 0) words.push(t(key, { n: data[key]![e]! }));
    if (data.strength) words.push(t("strength", { n: data.strength[e]! }));
    if (data.confirmed) words.push(t(data.confirmed[e] ? "confirmed" : "unconfirmed"));
    if (data.alignment && data.alignment[e] !== 65535) words.push(t("alike", { value: data.alignment[e]! / 10_000 }));
    if (data.fresh?.[e]) words.push(t("wave.new", { wave: data.waves[this.app.now.wave - 1]! }));
    if (data.bridge?.[e]) words.push(t("bridge"));
    return words.join(", ");
  }

  private measures(i: number): HTMLElement {
    const { data } = this.app, rows: Child[] = [];
    for (const measure of data.measures) {
      const value = measure.of[i]!;
      const key = `measure.${measure.key}`;
      const said = !Number.isFinite(value) ? t("measure.undefined", { label: label(measure) })
        : has(key) ? t(key, { value, share: percentFine(value) }) : t("measure", { label: label(measure), value });
      const rank = measure.rank;
      rows.push(el("li", {}, said, rank && Number.isFinite(value) ? el("span", { class: "quiet" }, t(rank[1][i] === rank[2][i] ? "rank.sure" : "rank", {
        r: rank[0][i]!, n: data.n, low: rank[1][i]!, high: rank[2][i]!,
      })) : null));
    }
    return el("details", { class: "measures" }, el("summary", {}, t("measures")), el("ul", {}, ...rows), el("p", { class: "quiet" }, t("measures.note")));
  }

  // A way between two --------------------------------------------------------------------------------------------------

  wayWords(): string {
    const { data, now, way } = this.app, from = data.names[now.node]!, to = data.names[now.to]!;
    if (!way || way.length < 0) return t("way.none", { from, to });
    if (way.length === 1) return t("way.direct", { from, to });
    const over = way.nodes.slice(1, -1).map((i) => data.names[i]!);
    return t("way.said", { from, to, steps: tn("steps", way.length), over: listing(over) }) + (way.ways > 1 ? ` ${t("way.others", { n: way.ways })}` : ` ${t("way.only")}`);
  }

  private way(): Child[] {
    const { app } = this, { data, now, way } = app;
    const steps = way && way.length > 0 ? way.nodes.map((i) => this.go(i)) : [];
    const gap = way && way.length < 0 && app.shown.all === false;
    return [
      this.title(t("way.title", { from: data.names[now.node]!, to: data.names[now.to]! })),
      el("p", {}, this.wayWords()),
      gap ? el("p", { class: "quiet" }, t("way.filtered")) : null,
      steps.length ? el("ol", { class: "steps" }, ...steps) : null,
      el("div", { class: "row" }, button(t("way.close"), () => {
        app.store.set({ to: -1 });
        this.root.focus();
      })),
    ];
  }

  // A network ----------------------------------------------------------------------------------------------------------

  private network(g: number): Child[] {
    const { app } = this, networks = app.data.networks!, { data } = app, members = [...networks.members[g]!];
    members.sort((a, b) => app.graph.degree[b]! - app.graph.degree[a]! || a - b);
    const pairs = networks.pairs.filter((p) => p[0] === g || p[1] === g).filter((p) => p[2] || p[4] || p[5]);
    pairs.sort((a, b) => b[4] - a[4] || b[2] - a[2]);
    const on = app.now.inNetwork === g, open = app.now.opened.includes(g);
    return [
      this.title(networks.names[g]!),
      el("p", { class: "what" }, `${networks.kind[g]} \u00b7 ${membersOf(data, g)}`),
      el("div", { class: "row" },
        button(t(on ? "network.all" : "network.open"), () => app.store.set({ inNetwork: on ? -1 : g, level: "nodes" })),
        app.now.level === "networks" && button(t(open ? "network.close" : "network.in"), () => app.openNetwork(g, !open)),
        app.now.level === "nodes" && button(t("network.level"), () => app.store.set({ level: "networks" }))),
      pairs.length > 0 && el("h3", {}, t("network.others")),
      pairs.length > 0 && el("ul", {}, ...pairs.map((p) => {
        const other = p[0] === g ? p[1] : p[0], far = beyond(p);
        const said = [tn("shared", p[2]), tn("ties", p[4]) + (p[5] === null ? "" : ` ${t("between.expected", { n: p[5] })}`)];
        if (far) said.push(t(far > 0 ? "between.more" : "between.fewer"));
        if (p[6] && p[6] !== "several") said.push(t("between.through", { name: p[6] }));
        return el("li", {}, this.goNetwork(other), el("span", { class: "quiet" }, said.join(", ")));
      })),
      el("h3", {}, t("members.title")),
      el("ul", { class: "ties" }, ...members.slice(0, SHOWN).map((i) => this.go(i, el("span", { class: "quiet" }, tn("ties", app.graph.degree[i]!)))),
        members.length > SHOWN && el("li", {}, t("more", { n: members.length - SHOWN }))),
      data.word === "person" ? el("p", { class: "quiet" }, t("position")) : null,
    ];
  }
}

export function label(measure: { key: string; label: string }): string {
  return has(`measure.${measure.key}.label`) ? t(`measure.${measure.key}.label`) : measure.label;
}

function percentFine(value: number): string {
  return value > 0 && value < 0.01 ? t("under1") : percent(value);
}
