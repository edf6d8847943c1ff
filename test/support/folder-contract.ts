/** What every folder promises, whatever it is made of: one suite, run over each kind. */
import { describe, expect, test } from "vitest";
import { type Folder, FolderError } from "#engine/sync/folder.ts";

export type FolderUnderTest = AsyncDisposable & { readonly folder: Folder };

/** Runs the suite over folders that `open` makes, each empty. */
export function folderContract(kind: string, open: () => Promise<FolderUnderTest>): void {
  const bytes = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
  const fault = async (call: Promise<unknown>) => {
    try {
      await call;
      return "no failure";
    } catch (error) {
      return error instanceof FolderError ? error.fault : error;
    }
  };
  const names = async (folder: Folder, path: string) =>
    (await folder.list(path)).map(({ name, kind: what }) => `${what} ${name}`).toSorted();

  describe(`a folder: ${kind}`, () => {
    test("is empty at first", async () => {
      await using opened = await open();
      expect(await names(opened.folder, "")).toEqual([]);
    });

    test("gives back what was written, whole and in parts", async () => {
      await using opened = await open();
      const { folder } = opened;
      await folder.write("file.gs", bytes);
      expect(new Uint8Array(await folder.read("file.gs"))).toEqual(bytes);
      const part = async (at: number, length: number) => [
        ...(await folder.read("file.gs", { at, length })),
      ];
      expect(await part(0, 3)).toEqual([1, 2, 3]);
      expect(await part(5, 10)).toEqual([6, 7, 8]);
      expect(await part(8, 4)).toEqual([]);
      expect(await part(100, 4)).toEqual([]);
    });

    test("keeps its bytes from those of the caller", async () => {
      await using opened = await open();
      const mine = new Uint8Array(bytes);
      await opened.folder.write("file.gs", mine);
      mine.fill(0);
      (await opened.folder.read("file.gs")).fill(9);
      expect(new Uint8Array(await opened.folder.read("file.gs"))).toEqual(bytes);
    });

    test("holds an empty file and one of two megabytes", async () => {
      await using opened = await open();
      const big = Uint8Array.from({ length: 2 * 1024 * 1024 }, (_, index) => (index * 7) & 255);
      await opened.folder.write("empty", new Uint8Array());
      await opened.folder.write("big", big);
      expect(await opened.folder.read("empty")).toHaveLength(0);
      expect(Buffer.compare(await opened.folder.read("big"), big)).toBe(0);
      expect(await opened.folder.stat("big")).toMatchObject({ size: big.length });
    });

    test("tells a file's size and a time", async () => {
      await using opened = await open();
      await opened.folder.write("file.gs", bytes);
      const { size, modified } = await opened.folder.stat("file.gs");
      expect(size).toBe(8);
      expect(Number.isInteger(modified)).toBe(true);
      expect(modified).toBeGreaterThan(Date.UTC(2020, 0));
    });

    test("never writes over a file", async () => {
      await using opened = await open();
      await opened.folder.write("file.gs", bytes);
      expect(await fault(opened.folder.write("file.gs", new Uint8Array(3)))).toBe("exists");
      expect(new Uint8Array(await opened.folder.read("file.gs"))).toEqual(bytes);
    });

    test("makes folders, those above them, and those that are there already", async () => {
      await using opened = await open();
      const { folder } = opened;
      await folder.makeFolder("s/ab/device");
      await folder.makeFolder("s/ab/device");
      await folder.makeFolder("s/cd");
      await folder.write("s/ab/device/file.gs", bytes);
      expect(await names(folder, "")).toEqual(["folder s"]);
      expect(await names(folder, "s")).toEqual(["folder ab", "folder cd"]);
      expect(await names(folder, "s/ab/device")).toEqual(["file file.gs"]);
      expect(await names(folder, "s/cd")).toEqual([]);
    });

    test("makes no folder where a file stands, and writes nowhere else", async () => {
      await using opened = await open();
      await opened.folder.write("s", bytes);
      expect(await fault(opened.folder.makeFolder("s"))).toBe("missing");
      expect(await fault(opened.folder.makeFolder("s/ab"))).toBe("missing");
      expect(await fault(opened.folder.write("s/file", bytes))).toBe("missing");
      expect(await fault(opened.folder.write("none/file", bytes))).toBe("missing");
      expect(await names(opened.folder, "")).toEqual(["file s"]);
    });

    test("renames a file, into another folder and over another file", async () => {
      await using opened = await open();
      const { folder } = opened;
      await folder.makeFolder("h");
      await folder.write("h/x.tmp", bytes);
      await folder.rename("h/x.tmp", "h/x.gh");
      expect(await names(folder, "h")).toEqual(["file x.gh"]);
      await folder.write("other", new Uint8Array([9]));
      await folder.rename("other", "h/x.gh");
      expect([...(await folder.read("h/x.gh"))]).toEqual([9]);
      expect(await names(folder, "")).toEqual(["folder h"]);
    });

    test("says that what is not there is missing", async () => {
      await using opened = await open();
      const { folder } = opened;
      await folder.makeFolder("h");
      expect(await fault(folder.read("file"))).toBe("missing");
      expect(await fault(folder.read("h"))).toBe("missing");
      expect(await fault(folder.stat("file"))).toBe("missing");
      expect(await fault(folder.stat("h"))).toBe("missing");
      expect(await fault(folder.list("none"))).toBe("missing");
      expect(await fault(folder.rename("file", "other"))).toBe("missing");
      await folder.write("file", bytes);
      expect(await fault(folder.rename("file", "none/file"))).toBe("missing");
      expect(await fault(folder.list("file"))).toBe("missing");
    });

    test("removes a file, and one that is gone already", async () => {
      await using opened = await open();
      const { folder } = opened;
      await folder.write("file", bytes);
      await folder.remove("file");
      await folder.remove("file");
      await folder.remove("none/file");
      expect(await names(folder, "")).toEqual([]);
      await folder.write("file", bytes);
      expect(await names(folder, "")).toEqual(["file file"]);
    });

    test("takes the names that carriers give", async () => {
      await using opened = await open();
      const { folder } = opened;
      const odd = ["x (Bob's conflicted copy 2026-01-02).gs", "x-LAPTOP7.gs", "x (1).gs", "é ✓.gs"];
      for (const name of odd) await folder.write(name, bytes);
      const listed = (await folder.list("")).map(({ name }) => name);
      expect(listed.map((name) => name.normalize("NFC")).toSorted()).toEqual(odd.toSorted());
      for (const name of listed) expect(await folder.read(name)).toHaveLength(8);
    });

    test("does many things at once", async () => {
      await using opened = await open();
      const { folder } = opened;
      const many = Array.from({ length: 40 }, (_, index) => `file-${index}`);
      await Promise.all(many.map((name, index) => folder.write(name, new Uint8Array([index]))));
      const read = await Promise.all(many.map((name) => folder.read(name)));
      expect(read.map(([first]) => first)).toEqual(many.map((_, index) => index));
      expect(await folder.list("")).toHaveLength(40);
    });

    test("of two that write one name at once lets one win, whole", async () => {
      await using opened = await open();
      const { folder } = opened;
      const results = await Promise.all([
        fault(folder.write("file", new Uint8Array(70_000).fill(1))),
        fault(folder.write("file", new Uint8Array(70_000).fill(2))),
      ]);
      expect(results.toSorted()).toEqual(["exists", "no failure"]);
      const read = await folder.read("file");
      expect(read).toHaveLength(70_000);
      expect(new Set(read).size).toBe(1);
    });

    test("may hint at changes until it is told not to", async () => {
      await using opened = await open();
      const watching = opened.folder.watch(() => {});
      await opened.folder.write("file", bytes);
      watching[Symbol.dispose]();
    });
  });
}
