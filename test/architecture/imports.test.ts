/** Which room may open a door into which: the import rules of the README's table, with no exceptions. */
import { describe, expect, test } from "vitest";
import { resolveImport, sourceFiles } from "#test/support/source-files.ts";

type Rule = { readonly room: string; readonly may: readonly string[] };

const unified = [
  "npm:unified",
  "npm:remark",
  "npm:remark-*",
  "npm:rehype-*",
  "npm:hast*",
  "npm:mdast*",
  "npm:unist*",
  "npm:vfile",
];
const react = ["npm:react", "npm:react-dom", "npm:@base-ui/react", "npm:lucide-react"];

/** The first rule whose room a file lies in is the one that counts. `*` ends a prefix. */
const rules: readonly Rule[] = [
  { room: "shared/domain/", may: ["shared/domain/", "npm:zod"] },
  { room: "shared/rpc/", may: ["shared/rpc/", "npm:zod"] },
  {
    room: "shared/contract/",
    may: ["shared/contract/", "shared/domain/", "shared/rpc/", "npm:zod"],
  },
  { room: "shared/format/", may: ["shared/format/", "shared/domain/", "npm:zod"] },
  { room: "shared/markdown/", may: ["shared/markdown/", ...unified] },
  { room: "shared/navigation/", may: ["shared/navigation/", "shared/domain/", "npm:zod"] },
  {
    room: "electron/engine/",
    may: [
      "electron/engine/",
      "shared/",
      "node:",
      "npm:better-sqlite3",
      "npm:lunr",
      "npm:winston",
      "npm:yaml",
      "npm:yauzl",
      "npm:yazl",
      "npm:zod",
      ...unified,
    ],
  },
  {
    room: "electron/hosts/",
    may: [
      "electron/hosts/",
      "electron/engine/",
      "shared/",
      "node:",
      "npm:commander",
      "npm:zod",
      "npm:open",
    ],
  },
  {
    room: "electron/main/",
    may: ["electron/main/", "electron/hosts/", "shared/", "node:", "npm:electron", "npm:zod"],
  },
  {
    room: "electron/preload/",
    may: ["electron/preload/", "shared/contract/host-bridge.ts", "npm:electron"],
  },
  {
    room: "renderer/ui/",
    may: [
      "renderer/ui/",
      "renderer/styles/",
      "shared/",
      ...react,
      "npm:@tanstack/react-virtual",
      "npm:hast*",
      "npm:uqr",
      "npm:@codemirror/*",
      "npm:@lezer/*",
    ],
  },
  {
    room: "renderer/platform/",
    may: [
      "renderer/platform/",
      "renderer/ui/",
      "shared/",
      ...react,
      "npm:@tanstack/react-query",
      "npm:zod",
    ],
  },
  {
    room: "renderer/features/",
    may: [
      "renderer/features/",
      "renderer/ui/",
      "renderer/platform/",
      "renderer/styles/",
      "shared/",
      ...react,
      ...unified,
      "npm:@tanstack/*",
      "npm:@codemirror/*",
      "npm:@lezer/*",
      "npm:zod",
    ],
  },
  {
    room: "renderer/",
    may: [
      "renderer/",
      "shared/",
      ...react,
      "npm:@tanstack/*",
      "npm:@fontsource-variable/*",
      "npm:zod",
    ],
  },
];

describe("imports", () => {
  const files = sourceFiles();

  test("every file imports only from the rooms its own room may open", () => {
    const broken = files.flatMap((file) => {
      const rule = rules.find(({ room }) => file.path.startsWith(room));
      if (rule === undefined) return [];
      return file.imports
        .map((specifier) => resolveImport(file.path, specifier))
        .filter((target) => !rule.may.some((allowed) => matches(target, allowed)))
        .map((target) => `${file.path} imports ${target}`);
    });
    expect(broken).toEqual([]);
  });

  test("every file of the product lies in a room that has a rule", () => {
    const outside = files
      .filter((file) => /^(?:shared|electron|renderer)\//u.test(file.path))
      .filter((file) => !rules.some(({ room }) => file.path.startsWith(room)))
      .map((file) => file.path);
    expect(outside).toEqual([]);
  });

  test("the main process never loads the engine, which has a process of its own", () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const main = files.filter((file) => file.path.startsWith("electron/main/"));
    const reached = new Set(main.map((file) => file.path));
    // A set that grows while one goes through it is gone through to its end.
    for (const file of reached) {
      for (const specifier of byPath.get(file)?.values ?? []) {
        reached.add(resolveImport(file, specifier));
      }
    }
    expect([...reached].filter((file) => file.startsWith("electron/engine/"))).toEqual([]);
    expect(reached).not.toContain("npm:better-sqlite3");
  });

  test("no feature of the window imports another feature", () => {
    const broken = files.flatMap((file) => {
      const feature = featureOf(file.path);
      if (feature === undefined) return [];
      return file.imports
        .map((specifier) => resolveImport(file.path, specifier))
        .filter((target) => (featureOf(target) ?? feature) !== feature)
        .map((target) => `${file.path} imports ${target}`);
    });
    expect(broken).toEqual([]);
  });

  test("product code imports neither tests nor build tools", () => {
    const broken = files
      .filter((file) => /^(?:shared|electron|renderer)\//u.test(file.path))
      .flatMap((file) =>
        file.imports
          .map((specifier) => resolveImport(file.path, specifier))
          .filter((target) => target.startsWith("test/") || target.startsWith("build/"))
          .map((target) => `${file.path} imports ${target}`),
      );
    expect(broken).toEqual([]);
  });

  test("no files import each other in a circle, not even types", () => {
    const targets = new Map(
      files.map((file) => [file.path, file.imports.map((to) => resolveImport(file.path, to))]),
    );
    const finished = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file))
        circles.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
      if (trail.includes(file) || finished.has(file)) return;
      for (const target of targets.get(file) ?? []) visit(target, [...trail, file]);
      finished.add(file);
    };
    for (const file of targets.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });

  test("only contract/index.ts gathers the exports of other files", () => {
    const barrels = files
      .filter((file) => !file.path.startsWith("test/") && file.path !== "shared/contract/index.ts")
      .filter((file) => /^export (?:type )?(?:\*|\{[^}]*\}) from/mu.test(file.text))
      .map((file) => `${file.path} re-exports another file`);
    expect(barrels).toEqual([]);
  });
});

function matches(target: string, allowed: string): boolean {
  if (allowed.endsWith("*")) return target.startsWith(allowed.slice(0, -1));
  return target === allowed || (/[/:]$/u.test(allowed) && target.startsWith(allowed));
}

function featureOf(file: string): string | undefined {
  return /^renderer\/features\/(?<name>[^/]+)\//u.exec(file)?.groups?.name;
}
