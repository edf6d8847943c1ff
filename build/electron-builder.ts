/** What is shipped: an app of bundles and two packages, in the forms of each platform. */
import path from "node:path";
import type { Configuration } from "electron-builder";
import type { Runtime } from "./electron-runtime.ts";
import { finishPackage } from "./finish-package.ts";
import { root } from "./paths.ts";

/** The configuration; with a runtime given, that one is packed and nothing is fetched. */
export function packageConfiguration(runtime: Runtime | undefined): Configuration {
  return {
    appId: "com.example.guildhall",
    productName: "Guildhall",
    executableName: "guildhall",
    copyright: "Copyright © The Guildhall authors",
    directories: { output: path.join(root, "dist"), buildResources: path.join(root, "resources") },
    files: [
      "out/{main,preload,renderer,hosts}/**/*",
      "resources/**/*",
      // Pictures for the README alone.
      "!resources/readme/**",
      "package.json",
      "!**/*.map",
      ...otherPlatforms(),
    ],
    // Native code and files that are read through descriptors do not work inside an archive.
    asar: true,
    asarUnpack: ["**/*.node", "resources/sample/**/*", "resources/handbook/**/*"],
    // The database's package brings its binaries for every platform; nothing is compiled.
    npmRebuild: false,
    nodeGypRebuild: false,
    publish: null,
    ...(runtime === undefined
      ? {}
      : { electronDist: runtime.folder, electronVersion: runtime.version }),
    afterPack: finishPackage,
    protocols: [{ name: "Guildhall", schemes: ["guildhall"] }],
    linux: {
      target: ["AppImage", "deb", "tar.gz"],
      category: "Office",
      maintainer: "The Guildhall authors",
      icon: path.join(root, "resources", "icons"),
      desktop: { entry: { MimeType: "x-scheme-handler/guildhall;" } },
    },
    mac: { target: ["dmg"], category: "public.app-category.productivity", hardenedRuntime: true },
    win: { target: ["nsis"] },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  };
}

/** The database's package brings its binaries for every platform; only this one's are shipped. */
function otherPlatforms(): readonly string[] {
  const kept = process.platform === "linux" ? /^linux/u : new RegExp(`^${process.platform}`, "u");
  return ["linux", "linuxmusl", "darwin", "win32"]
    .filter((platform) => !kept.test(platform))
    .map((platform) => `!node_modules/better-sqlite3/prebuilds/${platform}-*`)
    .concat("!node_modules/better-sqlite3/{deps,src}/**");
}
