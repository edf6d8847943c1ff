/** The README keeps its word: its tour matches the tree, and its commands exist. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { commandNames } from "#hosts/cli/command-names.ts";
import { repositoryFiles, root } from "#test/support/source-files.ts";

const readme = readFileSync(path.join(root, "README.md"), "utf8");
const tour = /^## A ten-minute tour[^]*?(?=^## )/mu.exec(readme)?.[0] ?? "";
const named = new Set([...readme.matchAll(/`([^`\n]+)`/gu)].map(([, name = ""]) => name));
const files = repositoryFiles();

/** The folders right below. */
function foldersIn(folder: string): readonly string[] {
  const inside = files.filter((file) => file.startsWith(`${folder}/`));
  const names = inside.map((file) => file.slice(folder.length + 1).split("/"));
  return [...new Set(names.flatMap(([name = "", ...rest]) => (rest.length > 0 ? [name] : [])))];
}

describe("the tour", () => {
  test("names files and folders that exist", () => {
    const places = [...tour.matchAll(/`([a-z][\w./-]*)`/gu)].map(([, name = ""]) => name);
    expect(places.length).toBeGreaterThan(30);
    const lost = places.filter((name) => {
      const whole = name.replace(/\/$/u, "");
      return !files.some((file) => `/${file}/`.includes(`/${whole}/`));
    });
    expect(lost).toEqual([]);
  });

  test.each(["shared", "electron", "renderer", "electron/engine", "test"])(
    "leaves out no folder of %s",
    (folder) => {
      const seen = (name: string) => named.has(name) || named.has(`${folder}/${name}`);
      const known = new Set(["support"]);
      expect(foldersIn(folder).filter((name) => !known.has(name) && !seen(name))).toEqual([]);
    },
  );
});

describe("its commands", () => {
  test("are scripts of package.json", () => {
    const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const run = [...readme.matchAll(/npm (?:run (?:-s )?)?(?<script>[a-z][a-z:]*)/gu)];
    const scripts = run.map(({ groups }) => groups?.script ?? "").filter((name) => name !== "ci");
    expect(scripts.length).toBeGreaterThan(10);
    expect(scripts.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
  });

  test("of the command line exist", () => {
    const used = [...readme.matchAll(/npm run -s guildhall -- (?<name>[a-z][a-z-]*)/gu)];
    expect(used.length).toBeGreaterThan(5);
    const unknown = used.map(({ groups }) => groups?.name ?? "");
    expect(unknown.filter((name) => !commandNames.has(name))).toEqual([]);
  });

  test("are what continuous integration calls, and nothing else is", () => {
    const lines = readFileSync(path.join(root, ".ci", "run"), "utf8")
      .trim()
      .split("\n");
    const commands = lines.filter((line) => !/^(?:#|set )/u.test(line));
    expect(commands).toEqual(["npm ci && npm test"]);
    expect(readme).toContain(`\`\`\`\n${commands[0]}\n\`\`\``);
  });
});
