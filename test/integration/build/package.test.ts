/** The packed app, around the Electron of the tests: what is in it, and its command line. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { beforeAll, describe, expect, test } from "vitest";
import { fuses } from "#build/fuses.ts";
import { packageApp, packageFailure } from "#build/package.ts";
import { root } from "#build/paths.ts";
import { electronPackages, ensurePackages } from "#build/system-packages.ts";
import { provideTestElectron } from "#build/test-electron.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { writeTree } from "#test/support/write-tree.ts";

const provided = await provideTestElectron(() => {});
const missing = ensurePackages(electronPackages, () => {});
const folder = path.join(root, "dist", "linux-unpacked");
const canPack = process.platform === "linux" && !("missing" in provided) && missing === undefined;

// Elsewhere, and where Electron or its system packages cannot be had, it counts as skipped.
describe.runIf(canPack)("the packed app", () => {
  beforeAll(() => packageApp({ dir: true, test: true }), 120_000);

  test("has every fuse as stated, as far as this executable knows it", async () => {
    const wire = await getCurrentFuseWire(path.join(folder, "guildhall-app"));
    const states = new Map(Object.entries(wire));
    for (const [fuse, wanted] of Object.entries(fuses)) {
      const state = states.get(fuse);
      if (state === undefined) {
        expect(Number(fuse)).toBe(FuseV1Options.WasmTrapHandlers);
        continue;
      }
      expect(state).toBe(wanted ? FuseState.ENABLE : FuseState.DISABLE);
    }
  });

  test("keeps native code and the sample outside the archive, and no other platform's code", () => {
    const unpacked = path.join(folder, "resources", "app.asar.unpacked");
    expect(existsSync(path.join(unpacked, "resources", "sample"))).toBe(true);
    const native = readdirSync(path.join(unpacked, "node_modules"), {
      recursive: true,
      encoding: "utf8",
    }).filter((file) => file.endsWith(".node"));
    expect(native.length).toBeGreaterThan(0);
    expect(native.filter((file) => !file.includes("linux"))).toEqual([]);
    expect(readdirSync(path.join(folder, "resources"))).not.toContain("app");
  });

  // This very process says NODE_ENV=test, as whoever builds from within a test runner does.
  test("is built for its users, whatever the environment calls itself", () => {
    const assets = path.join(root, "out", "renderer", "assets");
    const scripts = readdirSync(assets).filter((file) => file.endsWith(".js"));
    const made = scripts.map((file) => ({
      file,
      text: readFileSync(path.join(assets, file), "utf8"),
    }));
    expect(made.filter(({ text }) => text.includes(".jsx)(")).length).toBeGreaterThan(10);
    const forDevelopers = made.filter(({ text }) => text.includes(".jsxDEV)("));
    expect(forDevelopers.map(({ file }) => file)).toEqual([]);
  });

  test("is a command as well, without a window and without a display", () => {
    const help = guildhall("import", "--help");
    expect(help.code).toBe(0);
    expect(help.out).toContain("--dry-run");
    const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    expect(guildhall("--version").out.trim()).toBe((manifest as { version: string }).version);
    expect(guildhall("list", "--colour").code).toBe(2);
  });

  // The Electron of the tests is older than the database; what is packed runs on this Node as well.
  test("holds all that its commands need to keep a handbook", () => {
    using place = temporaryFolder();
    const at = (name: string) => path.join(place.path, name);
    const asar = path.join(root, "node_modules", ".bin", "asar");
    const archive = path.join(folder, "resources", "app.asar");
    expect(spawnSync(asar, ["extract", archive, at("app")]).status).toBe(0);
    writeTree(place.path, { "book/refunds.md": "# Refunds\n\nAsk the warden.\n" });
    const json = (...words: readonly string[]) => {
      const cli = path.join(at("app"), "out", "hosts", "cli.js");
      const run = spawnSync(
        process.execPath,
        [cli, ...words, "--json", "--profile", at("profile")],
        { encoding: "utf8" },
      );
      expect({ words, code: run.status }).toEqual({ words, code: 0 });
      return JSON.parse(run.stdout) as Record<string, unknown>;
    };
    json("init", "--name", "Ada", "--department", "Support");
    expect(json("import", at("book"))).toMatchObject({ found: 1, created: 1 });
    const { hits } = json("search", "warden");
    const [hit] = hits as readonly { readonly id: string }[];
    expect(json("show", hit?.id ?? "")).toMatchObject({ title: "Refunds" });
    expect(json("export", at("out"))).toMatchObject({ skipped: [] });
    expect(readFileSync(path.join(at("out"), "book", "refunds.md"), "utf8")).toBe(
      "# Refunds\n\nAsk the warden.\n",
    );
    expect(json("check")).toMatchObject({ ok: true, problems: [] });
  }, 120_000);

  test("cannot be made to run as plain Node, nor to load another program's code first", () => {
    const node = guildhall("--version", { ELECTRON_RUN_AS_NODE: "1" });
    expect(node.out.trim()).not.toMatch(/^v\d/u);
    const loaded = guildhall("--version", { NODE_OPTIONS: "--require /no/such/file.cjs" });
    expect(loaded.code).toBe(0);
  });
});

test("a machine that cannot fetch the helper programs is told so, and what is done lies where", () => {
  const told = packageFailure(
    new Error("Error #1\nRequestError: getaddrinfo ENOTFOUND github.com"),
  );
  expect(told).toContain("cannot be reached (ENOTFOUND github.com)");
  expect(told).toContain("--dir");
  expect(packageFailure(new Error("The disk is full."))).toBe("The disk is full.");
});

function guildhall(...given: readonly (string | Readonly<Record<string, string>>)[]) {
  const words = given.filter((word) => typeof word === "string");
  const extra = given.find((word) => typeof word !== "string") ?? {};
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = process.env;
  const run = spawnSync(path.join(folder, "guildhall"), [...sandbox, ...words], {
    encoding: "utf8",
    env: { ...environment, ...extra },
    timeout: 60_000,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}
