// Builds the page of the map: one script and one style sheet, written beside the module that puts them in the file.
// With an argument, into that folder instead (a test compares the two).
import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { dirname, join, resolve } from "node:path";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ? resolve(process.argv[2]) : join(here, "..", "netmap", "exporters", "map_page");
const shared = { bundle: true, minify: true, charset: "utf8", legalComments: "none", logLevel: "warning", absWorkingDir: here };
// Names that neither the browser nor the packed content knows, and that are used often: the bundle calls them by a letter.
const own = ["graph", "stage", "camera", "shown", "circles", "important", "margins", "everything", "kindOf", "tieRests", "notes", "hovered",
  "scene", "openPanel", "keepInView", "chooseNetwork", "toScreen", "toMap", "theme", "ground", "muted", "accent", "hollow", "lines", "legend",
  "columns", "leftOut", "inNetwork", "kindsOff", "strongest", "hulls", "measures", "rings", "areas", "outline", "redraw", "expectedAlignment",
  "confirmed", "alignment", "strength", "bridge", "networks", "network", "degree", "radius", "camera", "pictures", "fitted", "repaint",
  "finding", "members", "strong", "choose", "others", "keptCtx", "listen", "opened", "centred", "always", "update", "measure", "moving", "stale", "ratio", "inside", "look", "dash", "onNodes", "onTies", "folded", "patch", "tour", "hues", "flight", "wide", "dark", "seen", "cost",
  "colour", "mandate", "mandates", "query", "proposed", "proposals"];
await build({ ...shared, mangleProps: new RegExp(`^(${own.join("|")})$`), entryPoints: ["src/main.ts"], format: "iife", target: ["chrome103", "firefox113", "safari16.4"], outfile: join(out, "page.js") });
await build({ ...shared, entryPoints: ["src/page.css"], outfile: join(out, "page.css") });
