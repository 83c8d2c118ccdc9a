// Elements made from text alone: nothing the data hold is ever read as markup.
export type Child = Node | string | null | undefined | false;
type Props = Record<string, unknown>;

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties (on... are listeners, others attributes) and children; strings become text. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  apply(node, props);
  node.append(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false));
  return node;
}

/** Put children in place of what is there. */
export function fill(node: Element, ...children: Child[]): void {
  node.replaceChildren(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false));
}

export function svg(tag: string, props: Props = {}, ...children: Node[]): SVGElement {
  const node = document.createElementNS(SVG, tag);
  apply(node, props);
  node.append(...children);
  return node;
}

function apply(node: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on") && typeof value === "function") node.addEventListener(name.slice(2), value as EventListener);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

export function button(label: string, click: (event: Event) => void, props: Props = {}, ...children: Child[]): HTMLButtonElement {
  return el("button", { type: "button", onclick: click, ...props }, label, ...children);
}

export function select(id: string, label: string, options: [string, string][], chosen: string, change: (value: string) => void): HTMLElement {
  const box = el("select", { id, onchange: (event: Event) => change((event.target as HTMLSelectElement).value) });
  for (const [value, text] of options) box.append(el("option", { value, selected: value === chosen }, text));
  return el("div", { class: "field" }, el("label", { for: id }, label), box);
}

export function checkbox(label: string, on: boolean, change: (on: boolean) => void, count = ""): HTMLElement {
  const box = el("input", { type: "checkbox", onchange: (event: Event) => change((event.target as HTMLInputElement).checked) });
  box.checked = on;
  return el("label", { class: "check" }, box, el("span", {}, label), count ? el("span", { class: "count" }, count) : null);
}

let region: HTMLElement | null = null;
let turn = 0;

/** Say something to screen readers without moving the focus. */
export function say(text: string): void {
  if (!region) return;
  // The same sentence twice is only spoken again where the text differs.
  turn = 1 - turn;
  region.textContent = text + (turn ? "\u00a0" : "");
}

export function speaker(): HTMLElement {
  region = el("p", { id: "said", class: "unseen", role: "status", "aria-live": "polite" });
  return region;
}
