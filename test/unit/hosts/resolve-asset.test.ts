/** Only files of the bundle are ever found behind an address. */
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { resolveAsset } from "#hosts/resolve-asset.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const outer = temporaryFolder();
const bundle = path.join(outer.path, "bundle");
mkdirSync(path.join(bundle, "assets"), { recursive: true });
writeFileSync(path.join(bundle, "index.html"), "page");
writeFileSync(path.join(bundle, "assets", "main-1a2b.js"), "code");
writeFileSync(path.join(bundle, "..two dots.js"), "code");
writeFileSync(path.join(outer.path, "secret.txt"), "secret");
mkdirSync(path.join(outer.path, "bundle-of-another"));
writeFileSync(path.join(outer.path, "bundle-of-another", "a.js"), "not ours");
symlinkSync(path.join(outer.path, "secret.txt"), path.join(bundle, "assets", "link.js"));
symlinkSync(outer.path, path.join(bundle, "up"));
afterAll(() => outer[Symbol.dispose]());

describe("an address of the bundle", () => {
  test.each([
    ["/", "index.html"],
    ["", "index.html"],
    ["/index.html", "index.html"],
    ["/assets/main-1a2b.js", "assets/main-1a2b.js"],
    ["//assets//main-1a2b.js", "assets/main-1a2b.js"],
    ["/assets/../index.html", "index.html"],
    ["/%69ndex.html", "index.html"],
  ])("%j leads to %s", (pathname, file) => {
    expect(resolveAsset(bundle, pathname)).toBe(realpathSync(path.join(bundle, file)));
  });
});

describe("an address that leads nowhere", () => {
  test.each([
    ["a file that is not there", "/missing.js"],
    ["a parent folder", "/../secret.txt"],
    ["a parent folder further down", "/assets/../../secret.txt"],
    ["encoded dots", "/%2e%2e/secret.txt"],
    ["an encoded slash", "/..%2fsecret.txt"],
    ["dots encoded twice", "/%252e%252e/secret.txt"],
    ["backslashes", "/..\\secret.txt"],
    ["an encoded backslash", "/..%5csecret.txt"],
    ["a NUL", "/index.html%00.js"],
    ["a stray percent sign", "/%"],
    ["broken UTF-8", "/%ff%fe"],
    ["an absolute path", "//etc/passwd"],
    ["a folder whose name begins alike", "/../bundle-of-another/a.js"],
    ["a symbolic link to a file outside", "/assets/link.js"],
    ["a symbolic link to a folder outside", "/up/secret.txt"],
  ])("%s", (_name, pathname) => {
    expect(resolveAsset(bundle, pathname)).toBeUndefined();
  });
});
