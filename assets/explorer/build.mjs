// Bundle what entry.js names into one ES module; `make assets` copies it, with the licences, to api/static/sigma.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";

const target = new URL("../../api/static/sigma/", import.meta.url);
await mkdir(target, { recursive: true });
await build({
  entryPoints: ["entry.js"],
  outfile: new URL("sigma.min.js", target).pathname,
  bundle: true,
  format: "esm",
  target: "es2020",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
});
for (const [name, file] of [
  ["sigma", "LICENSE.txt"],
  ["graphology", "LICENSE.txt"],
  ["graphology-utils", "LICENSE.txt"],
  ["events", "LICENSE"],
]) {
  await copyFile(`node_modules/${name}/${file}`, new URL(`LICENSE-${name}`, target));
}
