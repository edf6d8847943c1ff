/** The contract of a shared folder over every kind that needs no other software. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "vitest";
import { createFileFolder } from "#engine/sync/files/file-folder.ts";
import { faultyFolder } from "#test/support/faulty-folder.ts";
import { type FolderUnderTest, folderContract } from "#test/support/folder-contract.ts";
import { simulateCarrier } from "#test/support/simulated-folder.ts";
import { root } from "#test/support/source-files.ts";

function onDisk(parent: string): Promise<FolderUnderTest> {
  const folder = mkdtempSync(path.join(parent, "guildhall-folder-"));
  return Promise.resolve({
    folder: createFileFolder({ root: folder }),
    [Symbol.asyncDispose]: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
}

function simulated(wrap = false): Promise<FolderUnderTest> {
  const folder = simulateCarrier({ seed: 1, devices: ["ana", "ben"] }).folderOf("ana");
  return Promise.resolve({
    folder: wrap ? faultyFolder(folder) : folder,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

folderContract("simulated, without faults", () => simulated());
folderContract("in the wrapper for faults, without faults", () => simulated(true));
folderContract("files where temporary ones lie", () => onDisk(tmpdir()));
folderContract("files on the repository's disk", () => onDisk(path.join(root, "node_modules")));

const memory = "/dev/shm";
if (existsSync(memory)) folderContract("files in memory", () => onDisk(memory));
else test.skip("a folder: files in memory (this system has no /dev/shm)", () => {});
