/** The commands about sharing as scripts use them: documents, exit codes, and a sentence for every refusal. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { runCommand } from "#test/support/run-command.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const place = temporaryFolder();
const shared = path.join(place.path, "shared");
const inPlace = (name: string) => path.join(place.path, name);
afterAll(() => place[Symbol.dispose]());

/** Runs a command on somebody's profile in this very process. */
const guildhall = (who: string, ...words: readonly string[]) => runCommand(inPlace(who), ...words);

async function json(who: string, ...words: readonly string[]): Promise<unknown> {
  const { code, out, err } = await guildhall(who, ...words, "--json");
  expect({ code, err: err.replaceAll(/^Note: .*\n/gmu, "") }).toEqual({ code: 0, err: "" });
  expect(out.trimEnd().split("\n")).toHaveLength(1);
  return JSON.parse(out);
}

/** Code, sentence and exit code of a refusal, which stands on both outputs. */
async function refusal(who: string, ...words: readonly string[]) {
  const { code, out, err } = await guildhall(who, ...words, "--json");
  expect(code).toBe(1);
  const { error } = z
    .object({ error: z.object({ code: z.string(), message: z.string() }) })
    .parse(JSON.parse(out));
  expect(err).toContain(error.message);
  return error;
}

const invited = z.strictObject({ code: z.string(), expires: z.iso.datetime() });
const id = expect.stringMatching(/^[0-9a-z]{26}$/u) as string;
const count = expect.any(Number) as number;

describe("from the first steward to a colleague's record", () => {
  let code: string;
  let recovery: string;

  test("share create founds a library and shows the recovery sheet this once", async () => {
    await json("ana", "init", "--name", "Ana", "--department", "Sales");
    const founded = z
      .strictObject({
        library: z.string(),
        fingerprint: z.string().length(16),
        recovery: z.string(),
      })
      .parse(await json("ana", "share", "create", shared));
    recovery = founded.recovery;
    const [stranger, folder] = [inPlace("told"), inPlace("told-folder")];
    await json(path.basename(stranger), "init", "--name", "Tia", "--department", "Care");
    const told = await guildhall("told", "share", "create", folder);
    expect(told.out).not.toMatch(/recovery/iu);
    expect(told.err).toMatch(
      /RECOVERY SHEET[\s\S]*(?:Alfa|Bravo|Zero|One|Two|Three|Four|Five|Six)/u,
    );
  });

  test("share invite, join, admit and sync let a record of each be seen by the other", async () => {
    ({ code } = invited.parse(
      await json("ana", "share", "invite", "--role", "member", "--department", "Sales"),
    ));
    expect(await json("ben", "share", "join", shared, "--code", code, "--name", "Ben")).toEqual({
      library: id,
      name: "Sales",
      state: "asking",
    });
    expect(await json("ana", "share", "admit")).toEqual({
      admitted: [{ person: id, name: "Ben", role: "member" }],
      refused: [],
    });
    expect(await json("ben", "sync")).toEqual({
      sent: 2,
      received: count,
      applied: count,
      waiting: 0,
      quarantined: [],
      filesOpened: count,
      bytesRead: count,
      ms: count,
    });
    await json("ben", "new", "topic", "--title", "Refunds");
    await json("ben", "sync", "--once");
    await json("ana", "sync");
    expect(await json("ana", "list", "--type", "topic")).toMatchObject({
      records: [{ title: "Refunds" }],
    });
  });

  test("roster and devices say who belongs to it", async () => {
    expect(await json("ben", "roster")).toMatchObject({
      members: [
        { name: "Ana", state: "active", roles: [{ role: "steward" }], devices: 1 },
        {
          name: "Ben",
          state: "active",
          roles: [{ role: "member" }],
          department: { name: "Sales" },
        },
      ],
    });
    expect(await json("ben", "devices")).toMatchObject({
      devices: [
        { name: "Ana", own: false, state: "active" },
        { name: "Ben", own: true, state: "active" },
      ],
    });
  });

  test("role grant and revoke change what somebody may do, and say what they hold now", async () => {
    const page = z
      .looseObject({ id: z.string() })
      .parse(
        await json("ana", "new", "playbook", "--title", "Refunds", "--set", "department=Sales"),
      );
    await json("ana", "sync");
    await json("ben", "sync");
    const edit = ["edit", page.id, "--set", "summary=Mine"] as const;
    const denied = await refusal("ben", ...edit);
    expect(denied).toMatchObject({ code: "not_permitted" });
    expect(denied.message).toMatch(/Ask one of them/u);
    expect(
      await json("ana", "role", "grant", "ben", "lead", "--department", "Sales"),
    ).toMatchObject({
      roles: [{ role: "member" }, { role: "lead", departments: [{ name: "Sales" }] }],
    });
    await json("ben", "sync");
    await json("ben", ...edit);
    expect(await json("ana", "role", "revoke", "Ben", "lead")).toMatchObject({
      roles: [{ role: "member" }],
    });
    await json("ben", "sync");
    expect(await refusal("ben", ...edit, "--note", "again")).toMatchObject({
      code: "not_permitted",
    });
  });

  test("a conflict is listed and resolved", async () => {
    const made = z
      .looseObject({ id: z.string() })
      .parse(await json("ana", "new", "topic", "--title", "Words"));
    await json("ana", "role", "grant", "Ben", "steward");
    await json("ben", "sync");
    await json("ana", "edit", made.id, "--set", "name=Ours");
    await json("ben", "edit", made.id, "--set", "name=Theirs");
    for (const who of ["ana", "ben", "ana"]) await json(who, "sync");
    const { conflicts } = z
      .object({
        conflicts: z.array(
          z.looseObject({
            id: z.string(),
            values: z.array(
              z.looseObject({
                path: z.string(),
                values: z.array(z.looseObject({ change: z.string(), value: z.string() })),
              }),
            ),
          }),
        ),
      })
      .parse(await json("ana", "conflicts"));
    const [conflict] = conflicts;
    const [field] = conflict?.values ?? [];
    const theirs = field?.values.find(({ value }) => value === "Theirs");
    expect(conflict?.id).toBe(made.id);
    await json("ana", "resolve", made.id, field?.path ?? "", theirs?.change ?? "");
    expect(await json("ana", "conflicts")).toEqual({ conflicts: [] });
    expect(await json("ana", "show", made.id)).toMatchObject({ title: "Theirs" });
  });

  test("remove-member keeps what was written and refuses what comes later", async () => {
    await json("ana", "sync");
    expect(await json("ana", "remove-member", "Ben")).toEqual({ person: id });
    await guildhall("ben", "sync");
    expect(await refusal("ben", "new", "topic", "--title", "Late")).toMatchObject({
      code: "not_permitted",
    });
    expect(await json("ana", "list", "--type", "topic")).toMatchObject({ total: 2 });
  });

  test("share recover makes a steward of a fresh profile with the sheet", async () => {
    expect(
      await json("again", "share", "recover", shared, "--recovery", recovery, "--name", "Ana"),
    ).toEqual({ library: id });
    await json("ana", "sync");
    expect(await json("ana", "roster")).toMatchObject({
      members: expect.arrayContaining([
        expect.objectContaining({ name: "Ana", roles: [{ role: "steward", departments: null }] }),
      ]) as unknown,
    });
  });

  test("compact packs, and verify finds everything whole", async () => {
    expect(await json("ana", "compact")).toEqual({ packs: count, bundles: count, deleted: count });
    expect(await json("nobody", "verify", shared)).toEqual({
      library: id,
      name: "Sales",
      devices: 3,
      segments: count,
      changes: count,
      attachments: 0,
      bytes: count,
      ok: true,
      problems: [],
    });
    expect(readdirSync(place.path)).not.toContain("nobody");
  });

  test("share leave ends it here and nowhere else", async () => {
    expect(await json("again", "share", "leave")).toEqual({});
    expect(await refusal("again", "sync")).toMatchObject({ code: "not_shared" });
    expect(await json("again", "list", "--type", "topic")).toMatchObject({ total: 2 });
  });

  test("every refusal has its sentence", async () => {
    await json("cleo", "init", "--name", "Cleo", "--department", "Care");
    const { code: other } = invited.parse(await json("told", "share", "invite"));
    const nowhere = inPlace("no/such/folder");
    const empty = temporaryFolder();
    const join = (folder: string, typed: string) =>
      refusal("cleo", "share", "join", folder, "--code", typed);
    const table: readonly (readonly [Promise<{ code: string }>, string])[] = [
      [refusal("cleo", "share", "create", shared), "other_library"],
      [refusal("cleo", "share", "create", nowhere), "folder_missing"],
      [refusal("cleo", "share", "create", inPlace("cleo")), "folder_not_empty"],
      [refusal("ana", "share", "create", inPlace("more")), "already_shared"],
    ];
    for (const [refused, name] of table) expect((await refused).code).toBe(name);
    expect((await join(nowhere, code)).code).toBe("folder_missing");
    expect((await join(empty.path, code)).code).toBe("no_library");
    expect((await join(shared, "ABCDE-ABCDE")).code).toBe("wrong_code");
    expect((await join(shared, other)).code).toBe("other_library");
    expect((await join(shared, code)).code).toBe("invitation_spent");
    const recover = ["share", "recover", shared, "--recovery"] as const;
    expect((await refusal("cleo", ...recover, "AAAA")).code).toBe("wrong_recovery");
    expect((await refusal("ana", "role", "grant", "Zoe", "member")).code).toBe("unknown_person");
    expect((await refusal("ana", "resolve", "x", "name", "y")).code).toBe("not_found");
    expect((await refusal("cleo", "verify", empty.path)).code).toBe("no_library");
    expect((await guildhall("ana", "role", "grant", "Ana", "king")).code).toBe(2);
    expect((await guildhall("ana", "role", "grant", "Ana", "lead")).code).toBe(2);
    expect((await guildhall("ana", "share", "join", shared)).code).toBe(2);
    expect((await guildhall("ana", "sync", "--once", "--watch")).code).toBe(2);
    empty[Symbol.dispose]();
  });
});

describe("verify", () => {
  function damaged(change: (folder: string, files: readonly string[]) => void): string {
    const copy = path.join(place.path, `copy-${readdirSync(place.path).length}`);
    cpSync(shared, copy, { recursive: true });
    const files = readdirSync(copy, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    change(copy, files);
    return copy;
  }

  async function problems(folder: string): Promise<readonly string[]> {
    const { code, out } = await guildhall("nobody", "verify", folder, "--json");
    expect(code).toBe(1);
    const report = z
      .looseObject({ ok: z.literal(false), problems: z.array(z.object({ reason: z.string() })) })
      .parse(JSON.parse(out));
    return report.problems.map(({ reason }) => reason);
  }

  const flip = (file: string) => {
    const bytes = readFileSync(file);
    bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };
  const ofKind = (files: readonly string[], ending: string) =>
    files.filter((file) => file.endsWith(ending)).toSorted();

  test("names a segment with a flipped bit, half a file, and a stranger's", async () => {
    expect(
      await problems(damaged((_, files) => ofKind(files, ".gs").slice(0, 1).forEach(flip))),
    ).toContain("hash");
    const half = damaged((_, files) => {
      const [file = ""] = ofKind(files, ".gs");
      writeFileSync(file, readFileSync(file).subarray(0, 200));
    });
    expect(await problems(half)).toContain("truncated");
    const stray = damaged((folder) => writeFileSync(path.join(folder, "notes.txt"), "Hello"));
    expect(await problems(stray)).toEqual(["not_guildhall"]);
  });

  test("finds that changes are missing, when every copy of them is gone", async () => {
    const gone = damaged((_, files) => {
      for (const file of ofKind(files, ".gb")) rmSync(file);
      const segments = ofKind(files, ".gs").filter((file) => /00000001-\d+\.[^/]*$/u.test(file));
      for (const file of segments) rmSync(file);
    });
    expect((await problems(gone)).length).toBeGreaterThan(0);
  });

  test("finds an acknowledgement or a head that its device did not write", async () => {
    for (const ending of [".gk", ".gh"]) {
      const forged = damaged((_, files) => ofKind(files, ending).slice(0, 1).forEach(flip));
      expect(["hash", "signature"]).toContain((await problems(forged))[0]);
    }
  });
});

test("sync --restore puts everything back into a folder that somebody emptied", async () => {
  const whole = z.looseObject({ changes: z.number(), devices: z.number() });
  const { changes, devices } = whole.parse(await json("ana", "verify", shared));
  for (const name of readdirSync(shared)) rmSync(path.join(shared, name), { recursive: true });
  const empty = await guildhall("ana", "sync");
  expect(empty.err).toContain("The shared folder is empty");
  expect(empty.err).toContain("guildhall sync --restore");
  expect(readdirSync(shared)).toEqual([]);
  await json("ana", "sync", "--restore");
  expect(await json("ana", "verify", shared)).toMatchObject({ changes, devices, ok: true });
});
