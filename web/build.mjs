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
// What is said goes by a short name in the script and in the words, where its own, with a dot, stands in the script as it is;
// those of buttons that move the map are attributes too, others are put together.
const words = Object.entries(JSON.parse(readFileSync(join(here, "src", "strings.en.json"), "utf8"))), names = new Map();
const begun = [...code.matchAll(/`([a-z][\w.]*)\$\{/g)].map(([, part]) => part);
for (const [key] of words) if (/^(?!move).*\./.test(key) && !begun.some((part) => key.startsWith(part)) && code.includes(`"${key}"`)) names.set(key, `.${names.size.toString(36)}`);
writeFileSync(join(out, "page.js"), code.replace(/"([\w.]+)"/g, (literal, key) => (names.has(key) ? `"${names.get(key)}"` : literal)) + "\n");
await build({ ...shared, entryPoints: ["src/page.css"], outfile: join(out, "page.css") });
writeFileSync(join(out, "strings.en.json"), JSON.stringify(Object.fromEntries(words.map(([key, said]) => [names.get(key) ?? key, said]))) + "\n");
