// Help in one screen, and what the map rests on.
import type { App } from "./app";
import { button, el } from "./dom";
import { t } from "./strings";

const LINES = ["see", "ask", "key", "path", "tour", "networks", "near"];
const KEYS = ["search", "arrows", "enter", "escape", "zoom", "pan", "tour"];

export function helpDialog(app: App): { root: HTMLDialogElement; open: () => void } {
  const { data } = app;
  const root = el("dialog", { id: "help", "aria-labelledby": "help-title" },
    button("\u00d7", () => root.close(), { class: "close", "aria-label": t("close") }),
    el("h2", { id: "help-title" }, t("help.title")),
    el("ul", {}, ...LINES.map((key) => el("li", {}, t(`help.${key}`)))),
    el("h3", {}, t("help.keys")),
    el("dl", {}, ...KEYS.flatMap((key) => [el("dt", {}, t(`keys.${key}.key`)), el("dd", {}, t(`keys.${key}`))])),
    el("details", {}, el("summary", {}, t("help.about")), el("ul", {}, ...data.about.map((s) => el("li", {}, s))),
      ...(data.leftOut.length ? [el("p", {}, el("b", {}, t("help.leftout"))), el("ul", {}, ...data.leftOut.map(([what, n, why]) => el("li", {}, t("help.out", { what, n, why }))))] : []),
      el("p", { class: "quiet" }, t("help.made", { made: data.made }))),
    el("p", { class: "quiet" }, t("help.private")),
  );
  return { root, open: () => root.showModal() };
}
