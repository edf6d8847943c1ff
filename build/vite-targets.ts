/**
 * What Vite bundles: the window's page, Electron's main process, the preload and the engine's
 * hosts. Each target names the folders it is made of, so that an unchanged one is not built again.
 */
import { builtinModules } from "node:module";
import path from "node:path";
import react from "@vitejs/plugin-react";
import { type InlineConfig, normalizePath } from "vite";
import { out, root } from "./paths.ts";

/** The text in index.html that a host replaces with the nonce of each load. */
export const noncePlaceholder = "GUILDHALL_NONCE";

export type Target = {
  readonly name: "renderer" | "main" | "preload" | "hosts";
  /** Folders whose files the target is made of, relative to the repository. */
  readonly sources: readonly string[];
  /** A file without which the target cannot be built yet. */
  readonly entry: string;
  readonly config: () => InlineConfig;
};

export const targets: readonly Target[] = [
  {
    name: "renderer",
    sources: ["renderer", "shared", "resources/icons"],
    entry: "renderer/index.html",
    config: rendererConfig,
  },
  {
    name: "main",
    sources: ["electron", "shared"],
    entry: "electron/main/index.ts",
    config: () => nodeConfig("main", { index: "electron/main/index.ts" }),
  },
  {
    name: "preload",
    sources: ["electron/preload"],
    entry: "electron/preload/index.ts",
    config: preloadConfig,
  },
  {
    name: "hosts",
    sources: ["electron", "shared"],
    entry: "electron/hosts/utility.ts",
    config: () =>
      nodeConfig(
        "hosts",
        {
          utility: "electron/hosts/utility.ts",
          cli: "electron/hosts/cli.ts",
          // The engine starts it as a thread from beside its own bundle.
          "side-thread-program": "electron/engine/db/side-thread-program.ts",
        },
        ["electron/hosts/engine-process-server.ts", "electron/hosts/parent-port.ts"],
      ),
  },
];

const common = {
  root,
  configFile: false,
  logLevel: "warn",
  publicDir: false,
} satisfies InlineConfig;

function rendererConfig(): InlineConfig {
  return {
    ...common,
    root: path.join(root, "renderer"),
    cacheDir: path.join(root, "node_modules", ".cache", "vite"),
    base: "/",
    plugins: [react()],
    html: { cspNonce: noncePlaceholder },
    resolve: {
      // Its browser variant decodes entities with innerHTML: the page's policy forbids that, and a
      // worker has no document. The plain one reads a table.
      alias: {
        "decode-named-character-reference": path.join(
          root,
          "node_modules/decode-named-character-reference/index.js",
        ),
      },
    },
    build: {
      outDir: path.join(out, "renderer"),
      emptyOutDir: true,
      // The older of the two runtimes the page meets: Electron 33 in tests.
      target: "chrome130",
      // Nothing inline: the content security policy allows no data: fonts and no inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500,
      rollupOptions: {
        output: {
          codeSplitting: {
            groups: [
              firstChunk(["renderer/app/start.ts", "renderer/features/home/home-screen.tsx"]),
            ],
          },
        },
      },
    },
  };
}

type ModuleGraph = {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null;
};

/**
 * Puts all that these modules need into one file. By itself the bundler makes some thirty of it, one
 * for each set of screens, or of commands, that share a module, and each has to be asked for.
 */
function firstChunk(files: readonly string[]) {
  const modules = files.map((file) => normalizePath(path.join(root, file)));
  let ids: ReadonlySet<string> | undefined;
  return {
    name: (id: string, graph: ModuleGraph) => {
      ids ??= reachable(modules, graph);
      return ids.has(id) ? "first" : null;
    },
    debugName: "first",
    includeDependenciesRecursively: false,
  };
}

function reachable(from: readonly string[], graph: ModuleGraph): ReadonlySet<string> {
  const found = new Set(from);
  // A set that grows while one goes through it is gone through to its end.
  for (const id of found) {
    const module = graph.getModuleInfo(id);
    // What the start says before anything else is loaded would come too late in a file of its own.
    if (module === null) throw new Error(`The bundle holds no ${id}.`);
    for (const imported of module.importedIds) found.add(imported);
  }
  return found;
}

/**
 * Plain Node code into out/<name>: native and stateful packages stay outside, everything else is
 * bundled. What the modules of `first` need lies in one file.
 */
export function nodeConfig(
  name: string,
  input: Readonly<Record<string, string>>,
  first: readonly string[] = [],
): InlineConfig {
  const entries = Object.entries(input).map(([key, file]) => [key, path.join(root, file)]);
  return {
    ...common,
    ssr: { noExternal: true, target: "node" },
    build: {
      outDir: path.join(out, name),
      emptyOutDir: true,
      ssr: true,
      target: "node20",
      minify: false,
      sourcemap: false,
      rollupOptions: {
        input: Object.fromEntries(entries),
        external: [
          "electron",
          "better-sqlite3",
          "winston",
          /^node:/u,
          ...builtinModules.filter((module) => !module.startsWith("_")),
        ],
        output: {
          format: "es",
          entryFileNames: "[name].js",
          chunkFileNames: "[name]-[hash].js",
          codeSplitting: { groups: first.length === 0 ? [] : [firstChunk(first)] },
        },
      },
    },
  };
}

/** A sandboxed preload has to be one CommonJS file. */
function preloadConfig(): InlineConfig {
  return {
    ...common,
    ssr: { noExternal: true, target: "node" },
    build: {
      outDir: path.join(out, "preload"),
      emptyOutDir: true,
      ssr: true,
      target: "node20",
      minify: false,
      rollupOptions: {
        input: { index: path.join(root, "electron/preload/index.ts") },
        external: ["electron"],
        output: { format: "cjs", entryFileNames: "index.cjs", codeSplitting: false },
      },
    },
  };
}
