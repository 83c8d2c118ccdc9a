// Bundles and runs the unit tests of the page's source: node test.mjs
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url)), out = mkdtempSync(join(tmpdir(), "netmap-map-"));
const files = readdirSync(join(here, "test")).filter((name) => name.endsWith(".test.ts"));
await build({ bundle: true, platform: "node", format: "esm", outExtension: { ".js": ".mjs" }, logLevel: "warning", absWorkingDir: here, entryPoints: files.map((name) => `test/${name}`), outdir: out });
const done = spawnSync(process.execPath, ["--test", ...files.map((name) => join(out, name.replace(/\.ts$/, ".mjs")))], { stdio: "inherit" });
rmSync(out, { recursive: true });
process.exit(done.status ?? 1);
