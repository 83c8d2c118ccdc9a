// Mouse, pen and touch on the picture: drag, pinch, wheel, click; each has a button and a key that does the same.
import type { App } from "./app";
import { inside } from "./circles";
import { insideSize, sizeAt } from "./draw";
import { Grid } from "./hit";
import type { Stage } from "./stage";

export function gestures(app: App, stage: Stage, home: HTMLElement): void {
  const { data } = app, grid = new Grid(data.x, data.y), { camera } = stage;
  const held = new Map<number, { x: number; y: number }>();
  let travelled = 0, spread = 0, lastTap = -999;

  const local = (event: PointerEvent | WheelEvent | MouseEvent): [number, number] => {
    const box = home.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const nodeAt = (px: number, py: number, slop: number): number => {
    const [x, y] = camera.toMap(px, py);
    return grid.at(x, y, (i) => sizeAt(app.look.radius[i]!, camera.k, data.n) / camera.k, slop / camera.k, (i) => app.shown.node[i] === 1);
  };
  const circleAt = (px: number, py: number): number => {
    const c = data.networks!, [x, y] = camera.toMap(px, py);
    for (let i = 0; i < c.x.length; i++) if (Math.hypot(c.x[i]! - x, c.y[i]! - y) <= Math.max(c.radius[i]!, 12 / camera.k)) return i;
    return -1;
  };
  const memberAt = (network: number, px: number, py: number, slop: number): number => {
    const own = inside(data, network), [x, y] = camera.toMap(px, py);
    const at = own.members.findIndex((_, k) => Math.hypot(own.x[k]! - x, own.y[k]! - y) * camera.k <= insideSize(camera) + slop);
    return at < 0 ? -1 : own.members[at]!;
  };
  const hover = (node: number): void => {
    home.style.cursor = node >= 0 ? "pointer" : held.size ? "grabbing" : "grab";
    if (app.now.level === "networks" || node === stage.hovered) return;
    stage.hovered = node;
    stage.request();
  };

  home.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || (event.target as Element).closest("button, a, section")) return;
    const [x, y] = local(event);
    if (!held.size) travelled = 0;
    held.set(event.pointerId, { x, y });
    home.setPointerCapture(event.pointerId);
    spread = 0;
  });
  home.addEventListener("pointermove", (event) => {
    const [x, y] = local(event), before = held.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") hover(app.now.level === "networks" ? circleAt(x, y) : nodeAt(x, y, 4));
      return;
    }
    if (held.size === 1) {
      const dx = x - before.x, dy = y - before.y;
      travelled += Math.abs(dx) + Math.abs(dy);
      if (travelled > 4) {
        camera.pan(dx, dy);
        stage.moved();
      }
    }
    held.set(event.pointerId, { x, y });
    if (held.size === 2) {
      const [a, b] = [...held.values()] as [{ x: number; y: number }, { x: number; y: number }];
      const far = Math.hypot(a.x - b.x, a.y - b.y), cx = (a.x + b.x) / 2, cy = (a.y + b.y) / 2;
      if (spread) {
        camera.zoom(far / spread, cx, cy);
        camera.pan((x - before.x) / 2, (y - before.y) / 2);
        stage.moved();
      }
      spread = far;
      travelled += 10;
    }
  });
  const release = (event: PointerEvent): void => {
    if (!held.delete(event.pointerId)) return;
    spread = 0;
    if (held.size || event.type !== "pointerup") return;
    const [x, y] = local(event);
    hover(-1);
    if (travelled > 4) {
      stage.after?.();
      return;
    }
    const slop = event.pointerType === "mouse" ? 4 : 14;
    if (app.now.level === "networks") {
      const network = circleAt(x, y), open = app.now.opened.includes(network), member = open ? memberAt(network, x, y, slop) : -1;
      if (member >= 0) app.choose(member);
      else {
        app.chooseNetwork(open ? -1 : network);
        if (network >= 0) app.openNetwork(network, !open);
      }
    } else {
      const node = nodeAt(x, y, slop);
      if (node < 0 && event.timeStamp - lastTap < 350) {
        camera.zoom(1.6, x, y);
        stage.moved();
        stage.after?.();
      } else if (node >= 0 || app.now.node >= 0 || app.now.network >= 0) app.choose(node);
      lastTap = node < 0 ? event.timeStamp : -999;
    }
    home.focus({ preventScroll: true });
  };
  home.addEventListener("pointerup", release);
  home.addEventListener("pointercancel", release);
  home.addEventListener("pointerleave", () => hover(-1));
  home.addEventListener("wheel", (event) => {
    event.preventDefault();
    const [x, y] = local(event), step = event.deltaMode === 1 ? 20 : 1;
    camera.zoom(Math.exp(-event.deltaY * step * (event.ctrlKey ? 0.01 : 0.0016)), x, y);
    stage.moved();
    stage.after?.();
  }, { passive: false });
}
