/** Every fuse of Electron is stated, each as the hardening wants it. */
import { FuseV1Options } from "@electron/fuses";
import { expect, test } from "vitest";
import { fuses } from "#build/fuses.ts";

test("the table states exactly the fuses there are", () => {
  const known = Object.values(FuseV1Options).filter((value) => typeof value === "number");
  expect(
    Object.keys(fuses)
      .map(Number)
      .toSorted((a, b) => a - b),
  ).toEqual(known);
});

test.each([
  ["RunAsNode", false],
  ["EnableCookieEncryption", true],
  ["EnableNodeOptionsEnvironmentVariable", false],
  ["EnableNodeCliInspectArguments", false],
  ["EnableEmbeddedAsarIntegrityValidation", true],
  ["OnlyLoadAppFromAsar", true],
  ["LoadBrowserProcessSpecificV8Snapshot", false],
  ["GrantFileProtocolExtraPrivileges", false],
  ["WasmTrapHandlers", true],
] as const)("%s: %s", (name, state) => {
  expect(fuses[FuseV1Options[name]]).toBe(state);
});
