// The key, which is also the control: what colours, shapes, sizes and lines mean, and what is shown of them.
import type { App } from "./app";
import { button, checkbox, el, fill, select, type Child } from "./dom";
import { schemeOf, unsure } from "./filter";
import { dot, bubble, stroke } from "./swatch";
import { endedLine, faded, hueOf, proposedLine, radiusOf, shapesOf } from "./look";
import { label } from "./panel";
import { unfiltered, type Mode } from "./state";
import { number, t } from "./strings";

export class Key {
  readonly root = el("section", { id: "key", "aria-labelledby": "key-title" });
  private before = "";
  private opened = false;

  constructor(private readonly app: App) {
    app.store.listen(() => this.show());
  }

  show(): void {
    const { now } = this.app;
    const state = JSON.stringify([now.level, now.colour, now.size, now.ties, now.wave, now.hulls, now.proposed, now.hidden, now.kindsOff, now.inNetwork, now.mandate, now.hard, now.confirmed, now.strongest, now.least, now.sureOnly, this.app.look.theme.dark]);
    if (state === this.before) return;
    this.before = state;
    const mark = where(this.root), held = document.activeElement;
    fill(this.root,
      el("h2", { id: "key-title" }, t("key")),
      button("\u00d7", () => document.body.classList.remove("key"), { class: "close narrow", "aria-label": t("close") }),
      ...(now.level === "networks" ? this.networks() : this.nodes()),
    );
    let at = focusable(this.root)[mark];
    // A list that letters are being typed into stays the same element, so that it remembers the letters before.
    if (at instanceof HTMLSelectElement && held instanceof HTMLSelectElement && at.id === held.id && at.length === held.length) {
      held.value = at.value;
      at.replaceWith(held);
      at = held;
    }
    at?.focus({ preventScroll: true });
  }

  private level(): Child {
    const { app } = this;
    if (!app.data.networks) return null;
    return el("div", { class: "choice", role: "group", "aria-label": t("level") }, ...(["nodes", "networks"] as const).map((level) =>
      button(level === "nodes" ? capital(app.data.words.split(" ")[0]!) : t("level.networks"), () => app.store.set({ level, network: -1, node: -1, to: -1 }), { "aria-pressed": String(app.now.level === level) })));
  }

  private networks(): Child[] {
    const looks = this.app.look.theme, line = (colour: string, key: string, dash: number[] = []): Child =>
      el("li", { class: "plain" }, stroke({ colour, width: 3, alpha: 1, dash }), el("span", {}, t(key)));
    return [
      this.level(),
      el("p", { class: "quiet" }, t("networks.key")),
      el("ul", { class: "entries" }, line(looks.high, "between.key.more"), line(looks.tie, "between.key.same"), line(looks.low, "between.key.fewer"), line(looks.tie, "between.key.shared", [2, 7])),
      el("p", { class: "quiet" }, t("networks.note")),
    ];
  }

  private nodes(): Child[] {
    return [this.level(), this.lines(), this.colours(), this.sizes(), this.shapes(), this.filters()];
  }

  private colours(): HTMLElement {
    const { app } = this, { data, now } = app, scheme = schemeOf(data, now.colour), looks = app.look.theme;
    const options: [string, string][] = [...data.schemes.map((s) => [s.key, t(`scheme.${s.key}`)] as [string, string]), ["", t("colour.none")]];
    const parts: Child[] = [data.schemes.length ? select("colour", t("colour"), options, now.colour, (colour) => app.store.set({ colour, hidden: [] })) : null];
    if (scheme) {
      const seen = scheme.categories.map(() => 0);
      for (let i = 0; i < data.n; i++) if (app.shown.node[i]) seen[scheme.of[i]!]!++;
      parts.push(el("ul", { class: "entries" }, ...scheme.categories.map((c, at) => {
        const off = now.hidden.includes(c.label), alone = !off && now.hidden.length === scheme.categories.length - 1;
        const counted = off || seen[at] === c.count ? number(c.count) : t("of", { n: seen[at]!, of: c.count });
        return el("li", {},
          button("", () => app.store.set({ hidden: off ? now.hidden.filter((x) => x !== c.label) : [...now.hidden, c.label] }), { class: "entry", "aria-pressed": String(!off), title: c.more || null },
            dot(hueOf(looks, c.role, at)), el("span", { class: "name" }, c.label, c.more ? el("span", { class: "quiet" }, c.more) : null), el("span", { class: "count" }, counted)),
          button(t(alone ? "all" : "only"), () => app.store.set({ hidden: alone ? [] : scheme.categories.map((x) => x.label).filter((x) => x !== c.label) }), { class: "only", "aria-label": t(alone ? "all.label" : "only.label", { name: c.label }) }));
      })));
      const pale = scheme.key === "community" ? app.order.filter((i) => unsure(data, i)).length : 0;
      if (pale) parts.push(el("ul", { class: "entries" }, el("li", { class: "plain" }, dot(faded(looks.hues[0]!, looks)), el("span", {}, t("unsure.key")), el("span", { class: "count" }, number(pale)))));
      if (scheme.categories.some((c) => c.role === "named") && data.n <= 20_000) parts.push(checkbox(t("areas"), now.hulls, (hulls) => app.store.set({ hulls })));
    }
    return el("section", { "aria-label": t("colour") }, ...parts);
  }

  private shapes(): Child {
    const { app } = this, shapes = shapesOf(app.data), looks = app.look.theme, list: Child[] = [];
    for (const s of shapes?.words ?? []) list.push(el("li", { class: "plain" }, dot(looks.muted, s.shape), el("span", {}, s.word || t("shape.others")), el("span", { class: "count" }, number(s.count))));
    const silent = app.data.answered ? count(app.data.answered, 1) : 0;
    if (silent) list.push(el("li", { class: "plain" }, dot(looks.muted, "circle", true), el("span", {}, t("hollow")), el("span", { class: "count" }, number(silent))));
    return list.length ? el("details", { class: "part", open: true }, el("summary", {}, t("shape")), el("ul", { class: "entries" }, ...list)) : null;
  }

  private sizes(): Child {
    const { app } = this, { data, now } = app;
    if (!data.measures.length) return null;
    const measure = data.measures.find((c) => c.key === now.size), parts: Child[] = [
      select("size", t("size"), [...data.measures.map((c) => [c.key, label(c)] as [string, string]), ["", t("size.same")]], now.size, (size) => app.store.set({ size })),
    ];
    if (measure) {
      let most = 0;
      for (let i = 0; i < data.n; i++) if (measure.of[i]! > most) most = measure.of[i]!;
      const values = [most, most / 4].map((v) => (most > 4 ? Math.round(v) : v)).filter((v) => v > 0);
      if (values.length) parts.push(el("p", { class: "bubbles" }, ...values.flatMap((v) => [bubble(radiusOf(v, most), app.look.theme.muted), el("span", {}, number(v))])));
    }
    return el("section", { "aria-label": t("size") }, ...parts);
  }

  private lines(): Child {
    const { app } = this, { data, now, look } = app;
    const modes: Mode[] = ["bridges", "backing", "values", "strength", "changes", "plain"];
    const known = modes.filter((m) => m === "plain" || (m === "bridges" && data.bridge) || (m === "backing" && (data.hard || data.mandate)) || (m === "values" && data.alignment) || (m === "strength" && data.strength) || (m === "changes" && data.waves.length));
    const mode = known.includes(now.ties) ? now.ties : "plain";
    const cut = mode === "bridges" && app.rests ? el("li", { class: "plain" }, dot(look.theme.muted, "circle", false, look.theme.ink), el("span", {}, t("line.cut")), el("span", { class: "count" }, number(some(app.rests)))) : null;
    return el("section", { "aria-label": t("lines") },
      known.length > 1 ? select("lines", t("lines"), known.map((m) => [m, t(`lines.${m}`)]), mode, (ties) => app.store.set({ ties: ties as Mode })) : el("h3", {}, t("lines")),
      el("ul", { class: "entries" }, ...look.legend.map(({ key, line }) => el("li", { class: "plain" }, stroke(look.lines[line]!), el("span", {}, t(key, { value: data.expectedAlignment ?? 0.5 })))), cut,
        mode === "changes" && data.ended.length > 0 && el("li", { class: "plain" }, stroke(endedLine(look.theme)), el("span", {}, t("line.ended")), el("span", { class: "count" }, number(data.ended.length))),
        now.proposed && el("li", { class: "plain" }, stroke(proposedLine(look.theme)), el("span", {}, t("proposed.line")))),
      data.proposed.length ? checkbox(t("proposed"), now.proposed, (proposed) => app.store.set({ proposed }), number(data.proposed.length)) : null);
  }

  private filters(): Child {
    const { app } = this, { data, now } = app, parts: Child[] = [];
    if (data.kinds.length > 1) {
      const counts = data.kinds.map(() => 0);
      data.kindOf.forEach((kinds) => kinds.forEach((k) => counts[k]!++));
      parts.push(el("fieldset", {}, el("legend", {}, t("filter.kind")), ...data.kinds.map((kind, k) =>
        checkbox(kind, !now.kindsOff.includes(kind), (on) => app.store.set({ kindsOff: on ? now.kindsOff.filter((x) => x !== kind) : [...now.kindsOff, kind] }), number(counts[k]!)))));
    }
    if (data.networks) parts.push(select("in", t("filter.network"), [["-1", t("any")], ...data.networks.names.map((name, g) => [String(g), `${name} (${data.networks!.members[g]!.length})`] as [string, string])], String(now.inNetwork), (g) => app.store.set({ inNetwork: Number(g) })));
    if (data.mandate) parts.push(select("mandate", t("filter.mandate.label"), [["", t("any")], ...data.mandates.filter(Boolean).map((w) => [w, w] as [string, string])], now.mandate, (mandate) => app.store.set({ mandate })));
    if (data.hard) parts.push(select("hard", t("filter.hard.label"), [["", t("any")], ["hard", t("filter.hard.only")], ["loose", t("filter.loose.only")]], now.hard, (hard) => app.store.set({ hard })));
    if (data.strength && varied(data.strength)) parts.push(select("strong", t("filter.strong.label"), [100, 50, 25, 10].map((v) => [String(v), v === 100 ? t("any") : t("filter.strong", { share: v })]), String(now.strongest), (v) => app.store.set({ strongest: Number(v) })));
    if (data.intensity) parts.push(select("intensity", t("filter.intensity.label"), [0, 1, 2, 3, 4, 5].map((n) => [String(n), n ? t("filter.intensity", { n }) : t("any")]), String(now.least), (v) => app.store.set({ least: Number(v) })));
    if (data.confirmed && some(data.confirmed) && some(data.confirmed) < data.m) parts.push(checkbox(t("filter.confirmed.label"), now.confirmed, (confirmed) => app.store.set({ confirmed }), number(some(data.confirmed))));
    if (app.order.some((i) => unsure(data, i))) parts.push(checkbox(t("filter.sure.label"), now.sureOnly, (sureOnly) => app.store.set({ sureOnly })));
    if (!parts.length) return null;
    const active = !app.shown.all;
    const box = el("details", { class: "part", open: this.opened || active }, el("summary", {}, t("filters")), ...parts, button(t("filters.clear"), () => app.store.set(unfiltered), { disabled: !active }));
    box.addEventListener("toggle", () => (this.opened = box.open));
    return box;
  }
}

export function some(values: ArrayLike<number>): number {
  let n = 0;
  for (let i = 0; i < values.length; i++) if (values[i]) n++;
  return n;
}
function count(values: ArrayLike<number>, wanted: number): number {
  let n = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === wanted) n++;
  return n;
}
function varied(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return true;
  return false;
}
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
function focusable(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("button, select, input, summary")];
}
function where(root: HTMLElement): number {
  return focusable(root).indexOf(document.activeElement as HTMLElement);
}
