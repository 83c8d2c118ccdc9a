// Builds the page of the map: a script, a style sheet and the words, written beside the module that puts them in the file.
// With an argument, into that folder instead (a test compares the two).
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join, resolve } from "node:path";
import { minify } from "terser";
import { ownNames } from "./names.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ? resolve(process.argv[2]) : join(here, "..", "netmap", "exporters", "map_page");
const shared = { bundle: true, minify: true, charset: "utf8", legalComments: "none", logLevel: "warning", absWorkingDir: here };
const bundle = await build({ ...shared, mangleProps: new RegExp(`^(${ownNames().join("|")})$`), entryPoints: ["src/main.ts"], format: "iife", target: ["chrome103", "firefox113", "safari16.4"], write: false });
const { code } = await minify(bundle.outputFiles[0].text, { ecma: 2020, module: true, compress: { passes: 3, pure_getters: true, sequences: false, unsafe_arrows: true, keep_fargs: false, hoist_props: true } });
writeFileSync(join(out, "page.js"), code + "\n");
await build({ ...shared, entryPoints: ["src/page.css"], outfile: join(out, "page.css") });
writeFileSync(join(out, "strings.en.json"), JSON.stringify(JSON.parse(readFileSync(join(here, "src", "strings.en.json"), "utf8")), null, 0) + "\n");
