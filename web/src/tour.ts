// The findings as a tour: each step shows what it speaks of, with its sentence as the caption.
import type { App } from "./app";
import { button, el } from "./dom";
import { t } from "./strings";

export class Tour {
  readonly root = el("section", { id: "tour", "aria-labelledby": "tour-title" });
  private before = -2;
  private folded = false;

  constructor(private readonly app: App) {
    app.store.listen(() => this.show());
  }

  show(): void {
    const { app } = this, { data, now } = app, many = data.findings.length;
    if (now.finding === this.before && this.root.childElementCount) return;
    this.before = now.finding;
    this.root.hidden = many === 0;
    if (!many) return;
    const at = now.finding, finding = data.findings[at], held = (document.activeElement as HTMLElement | null)?.dataset["tour"];
    const step = (by: number, label: string, mark: string): HTMLElement =>
      button(mark, () => app.tour((Math.max(at, by < 0 ? 0 : -1) + by + many) % many), { "aria-label": label, "data-tour": mark });
    const bar = el("div", { class: "bar" },
      el("h2", { id: "tour-title" }, finding ? t("tour.at", { n: at + 1, of: many }) : t("tour")),
      step(-1, t("tour.back"), "\u2039"), step(1, t("tour.next"), "\u203a"),
      finding ? button(this.folded ? "+" : "\u2013", () => {
        this.folded = !this.folded;
        this.before = -2;
        this.show();
      }, { "aria-label": t(this.folded ? "tour.unfold" : "tour.fold"), "aria-expanded": String(!this.folded), "data-tour": "fold" }) : null);
    const body = finding && !this.folded ? el("div", { class: "told" },
      el("p", { class: "quiet" }, finding.question),
      el("p", { class: "headline" }, finding.headline),
      el("details", {}, el("summary", {}, t("tour.sure", { word: finding.certainty })),
        ...([["tour.why", finding.why], ["tour.step", finding.step], ["tour.care", finding.care]] as const).filter(([, text]) => text)
          .map(([key, text]) => el("p", {}, el("b", {}, `${t(key)} `), text)),
        data.report ? el("p", {}, el("a", { href: `${data.report}#${finding.id}` }, t("tour.report"))) : null)) : null;
    this.root.replaceChildren(bar, ...(body ? [body] : []));
    if (held) this.root.querySelector<HTMLElement>(`[data-tour="${held}"]`)?.focus({ preventScroll: true });
  }
}
