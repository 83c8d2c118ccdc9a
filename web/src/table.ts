// The twin of the picture: the same content, search, filters and selection as a table.
import type { App } from "./app";
import { button, el, type Child } from "./dom";
import { label } from "./panel";
import { find } from "./search";
import { number, percent, t } from "./strings";

export interface Column {
  label: string;
  /** Text as it is read, and the number behind it where there is one. */
  text: (i: number) => string;
  value: ((i: number) => number) | null;
}

const PAGE = 200;

export function columns(app: App): Column[] {
  const { data } = app, out: Column[] = [{ label: t("name"), text: (i) => data.names[i]!, value: null }];
  for (const f of data.facts) out.push({ label: t(`fact.${f.key}`), text: (i) => f.words[f.of[i]!]!, value: null });
  const networks = data.networks;
  if (networks && !networks.found) out.push({ label: t("networks"), text: (i) => networks.belongs[i]!.map((g) => networks.names[g]!).join("; "), value: null });
  const group = data.schemes.find((s) => s.key === "community");
  if (group) out.push({ label: t("scheme.community"), text: (i) => group.categories[group.of[i]!]!.label, value: null });
  if (data.answered) out.push({ label: t("answered"), text: (i) => t(`answered.${data.answered![i]}`), value: null });
  if (data.rests) out.push({ label: t("rests.column"), text: (i) => percent(data.rests![i]!), value: (i) => data.rests![i]! });
  for (const m of data.measures) out.push({ label: label(m), text: (i) => number(m.of[i]!), value: (i) => m.of[i]! });
  if (data.proposed.length) out.push({ label: t("proposed.column"), text: (i) => app.proposals(i).map(([a, b]) => data.names[a === i ? b : a]!).join("; "), value: null });
  return out;
}

/** Which nodes the table and what is saved from it hold, in order: what is shown, found and sorted. */
export function rowsOf(app: App, sort: number, down: boolean, all: Column[]): number[] {
  const { data, now, shown } = app, hits = now.query.trim() ? new Set(find(app, now.query)) : null;
  const rows: number[] = [];
  for (let i = 0; i < data.n; i++) if (shown.node[i] && (!hits || hits.has(i))) rows.push(i);
  const column = all[sort]!, value = column.value, compare = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" }).compare;
  rows.sort((a, b) => {
    if (value) {
      const x = value(a), y = value(b);
      return (Number.isNaN(x) ? 1 : 0) - (Number.isNaN(y) ? 1 : 0) || (down ? y - x : x - y) || a - b;
    }
    return (down ? compare(column.text(b), column.text(a)) : compare(column.text(a), column.text(b))) || a - b;
  });
  return rows;
}

export class Table {
  readonly root = el("div", { id: "twin", hidden: true });
  private readonly columns: Column[];
  private sort = 0;
  private down = false;
  private shown = PAGE;
  private before = "";

  constructor(private readonly app: App) {
    this.columns = columns(app);
    app.store.listen(() => this.show());
  }

  rows(): number[] {
    return rowsOf(this.app, this.sort, this.down, this.columns);
  }

  show(): void {
    const { now, shown } = this.app;
    this.root.hidden = now.view !== "table";
    const state = JSON.stringify([now.view, now.proposed, shown.words, now.query, now.node, this.sort, this.down, this.shown]);
    if (this.root.hidden || state === this.before) return;
    this.before = state;
    const rows = this.rows(), held = document.activeElement?.closest("#twin") ? (document.activeElement as HTMLElement).dataset.at : undefined;
    const heads = this.columns.map((c, at) => el("th", { scope: "col", "aria-sort": at === this.sort ? (this.down ? "descending" : "ascending") : null },
      button(c.label, () => this.by(at), { "data-at": `h${at}` })));
    const body = rows.slice(0, this.shown).map((i) => el("tr", { "aria-current": i === now.node ? "true" : null },
      ...this.columns.map((c, at): Child => at === 0
        ? el("th", { scope: "row" }, button(c.text(i), () => {
            this.app.choose(i);
            this.app.openPanel();
          }, { class: "link", "data-at": `n${i}` }))
        : el("td", { class: c.value ? "number" : null }, c.text(i)))));
    const words = t("table.caption", { rows: this.app.counted(rows.length) });
    this.root.replaceChildren(
      el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("view.table") },
        el("table", {}, el("caption", {}, words), el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...body))),
      ...(rows.length > this.shown ? [button(t("table.more", { n: Math.min(PAGE, rows.length - this.shown), of: rows.length }), () => {
        this.shown += PAGE;
        this.show();
      }, { "data-at": "more" })] : []),
    );
    if (held) this.root.querySelector<HTMLElement>(`[data-at="${held}"]`)?.focus({ preventScroll: true });
  }

  private by(at: number): void {
    this.down = at === this.sort ? !this.down : this.columns[at]!.value !== null;
    this.sort = at;
    this.show();
  }
}
