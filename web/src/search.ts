// Find by any part of a name, with or without accents: a list that fills while typing, and the same filter on the table.
import type { App } from "./app";
import { el, say } from "./dom";
import { fold, t, tn } from "./strings";

const MOST = 12;
let folded: string[] | null = null;

/** Nodes whose names hold every word typed: beginnings first, then those with most ties. */
export function find(app: App, query: string, most = Infinity): number[] {
  const { data } = app, words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  folded ??= data.names.map(fold);
  const hits: [number, number][] = [];
  for (let i = 0; i < data.n; i++) {
    const name = folded[i]!;
    if (!words.every((w) => name.includes(w))) continue;
    hits.push([name.startsWith(words[0]!) ? 0 : name.includes(` ${words[0]}`) ? 1 : 2, i]);
  }
  hits.sort((a, b) => a[0] - b[0] || app.graph.degree[b[1]]! - app.graph.degree[a[1]]! || a[1] - b[1]);
  return hits.slice(0, most).map(([, i]) => i);
}

export interface Search {
  root: HTMLElement;
  input: HTMLInputElement;
}

/** A box with a list below it (combobox with listbox); `done` gets what was chosen. */
export function search(app: App, id: string, label: string, done: (node: number) => void, typed?: (text: string) => void): Search {
  const list = el("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = el("input", {
    id, type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
    "aria-controls": `${id}-list`, "aria-autocomplete": "list", placeholder: t("search.short"), "aria-label": label,
  });
  const none = el("p", { class: "none", hidden: true }, t("found.none"));
  let hits: number[] = [], marked = 0;
  const show = (open: boolean): void => {
    list.hidden = !open || !hits.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${id}-${marked}`);
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === marked)));
    list.children[marked]?.scrollIntoView({ block: "nearest" });
  };
  const go = (at: number): void => {
    const node = hits[at];
    if (node === undefined) return;
    input.value = "";
    typed?.("");
    hits = [];
    show(false);
    done(node);
  };
  const fill = (): void => {
    const all = find(app, input.value);
    hits = all.slice(0, MOST);
    marked = 0;
    list.replaceChildren(...hits.map((node, i) => {
      const what = app.what(node).slice(0, 2).join(", ");
      return el("li", { id: `${id}-${i}`, role: "option", onpointerdown: (event: Event) => event.preventDefault(), onclick: () => go(i) },
        el("span", {}, app.data.names[node]!), what ? el("span", { class: "quiet" }, what) : null);
    }));
    show(true);
    none.hidden = !input.value.trim() || all.length > 0;
    typed?.(input.value);
    if (input.value.trim()) say(all.length ? tn("found", all.length) : t("found.none"));
  };
  input.addEventListener("input", fill);
  input.addEventListener("focus", () => input.value && fill());
  input.addEventListener("blur", () => {
    none.hidden = true;
    show(false);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      go(marked);
    } else if (event.key === "Escape" && (input.value || !list.hidden)) {
      event.stopPropagation();
      event.preventDefault();
      input.value = "";
      fill();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.length) {
      event.preventDefault();
      marked = (marked + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      show(true);
    }
  });
  return { root: el("div", { class: "search" }, input, list, none), input };
}
