// The map by keyboard: arrows walk along ties, the rest moves the view and opens what is chosen.
import type { App } from "./app";
import { say } from "./dom";
import { neighbours } from "./graph";
import type { Stage } from "./stage";
import { t } from "./strings";

const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function keys(app: App, stage: Stage, home: HTMLElement, help: () => void): void {
  const { data } = app;

  /** The one that lies most that way: to the side counts twice. */
  const towards = (x: ArrayLike<number>, y: ArrayLike<number>, from: number, [wx, wy]: [number, number], among: Iterable<number>): number => {
    let best = -1, least = Infinity;
    for (const i of among) {
      if (i === from) continue;
      const dx = x[i]! - x[from]!, dy = y[i]! - y[from]!, along = dx * wx + dy * wy, aside = Math.abs(dx * wy - dy * wx);
      if (along > 0 && aside <= along * 1.3 && along + 2 * aside < least) {
        least = along + 2 * aside;
        best = i;
      }
    }
    return best;
  };
  const walk = (way: [number, number]): void => {
    if (app.now.level === "networks") {
      const at = app.now.network, { x, y } = data.networks!, next = at < 0 ? 0 : towards(x, y, at, way, x.keys());
      if (next < 0) say(t("walk.end"));
      else app.chooseNetwork(next);
      return;
    }
    const at = app.now.node;
    if (at < 0) {
      const first = app.order.find((i) => app.shown.node[i]);
      if (first !== undefined) app.choose(first, "walk");
      return;
    }
    const near = neighbours(app.graph, at).filter((x) => app.shown.tie[x.tie]).map((x) => x.node);
    let next = towards(data.x, data.y, at, way, near);
    if (next < 0) next = towards(data.x, data.y, at, way, app.order.filter((i) => app.shown.node[i]));
    if (next < 0) say(t("walk.end"));
    else app.choose(next, "walk");
  };

  home.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== home) return;
    const way = WAYS[event.key];
    if (way && event.shiftKey) move(stage, way[0] * 80, way[1] * 80);
    else if (way) walk(way);
    else if (event.key === "+" || event.key === "=") zoom(stage, 1.35);
    else if (event.key === "-" || event.key === "_") zoom(stage, 1 / 1.35);
    else if (event.key === "0" || event.key === "Home") app.everything();
    else if (event.key === "n") app.tour((app.now.finding + 1) % data.findings.length);
    else if (event.key === "p") app.tour((app.now.finding + data.findings.length - 1) % data.findings.length);
    else if (event.key === "?") help();
    else if (event.key === "Enter" || event.key === " ") {
      if (app.now.node < 0 && app.now.network < 0) walk([1, 0]);
      app.openPanel();
    } else return;
    event.preventDefault();
  });
}

export function move(stage: Stage, dx: number, dy: number): void {
  stage.fly({ x: stage.camera.x + dx / stage.camera.k, y: stage.camera.y + dy / stage.camera.k, k: stage.camera.k });
}

export function zoom(stage: Stage, factor: number): void {
  const { camera } = stage, k = Math.min(camera.most, Math.max(camera.least, camera.k * factor));
  stage.fly({ x: camera.x, y: camera.y, k });
}
