/** Where a profile lies on each platform. */
import { expect, test } from "vitest";
import { defaultProfile } from "#hosts/profile-folder.ts";

test.each([
  ["win32", "C:\\Users\\ada", { APPDATA: "D:\\Roaming" }, "D:\\Roaming\\Guildhall"],
  ["win32", "C:\\Users\\ada", {}, "C:\\Users\\ada\\AppData\\Roaming\\Guildhall"],
  ["darwin", "/Users/ada", {}, "/Users/ada/Library/Application Support/Guildhall"],
  ["linux", "/home/ada", {}, "/home/ada/.local/share/guildhall"],
  ["linux", "/home/ada", { XDG_DATA_HOME: "/data" }, "/data/guildhall"],
  ["linux", "/home/ada", { XDG_DATA_HOME: "relative" }, "/home/ada/.local/share/guildhall"],
] as const)("on %s in %s with %j it is %s", (platform, home, environment, folder) => {
  expect(defaultProfile({ platform, home, environment })).toBe(folder);
});
