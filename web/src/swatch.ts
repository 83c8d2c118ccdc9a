// Small pictures for the key: a shape in its colour, a line in its style, an area to its size.
import { svg } from "./dom";
import { corners } from "./draw";
import type { Line, Shape } from "./look";

export function dot(colour: string, shape: Shape = "circle", hollow = false, ring = ""): SVGElement {
  const fill = hollow ? { fill: "none", stroke: colour, "stroke-width": 2.5 } : { fill: colour };
  const mark = shape === "circle"
    ? svg("circle", { cx: 9, cy: 9, r: hollow ? 5 : 6, ...fill })
    : svg("polygon", { points: corners(shape, 9, 9, 6).map((p) => p.map((v) => v.toFixed(1)).join(",")).join(" "), ...fill });
  const parts = ring ? [mark, svg("circle", { cx: 9, cy: 9, r: 8.2, fill: "none", stroke: ring, "stroke-width": 1.4 })] : [mark];
  return svg("svg", { viewBox: "0 0 18 18", width: 18, height: 18, "aria-hidden": "true" }, ...parts);
}

export function stroke(line: Line): SVGElement {
  return svg("svg", { viewBox: "0 0 34 12", width: 34, height: 12, "aria-hidden": "true" },
    svg("line", { x1: 2, y1: 6, x2: 32, y2: 6, stroke: line.colour, "stroke-width": line.width, "stroke-opacity": Math.max(line.alpha, 0.35), "stroke-dasharray": line.dash.join(" ") || null, "stroke-linecap": "round" }));
}

export function bubble(size: number, colour: string): SVGElement {
  const r = Math.max(size, 1), side = 2 * r + 2;
  return svg("svg", { viewBox: `0 0 ${side} ${side}`, width: side, height: side, "aria-hidden": "true" }, svg("circle", { cx: r + 1, cy: r + 1, r, fill: colour }));
}
