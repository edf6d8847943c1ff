/** What the words of the start ask for. */
import { describe, expect, test } from "vitest";
import { commandNames } from "#hosts/cli/command-names.ts";
import { createProgram } from "#hosts/cli/program.ts";
import { readArguments } from "#main/arguments.ts";
import { placeOfLink } from "#main/places.ts";

const packaged = { packaged: true, folder: "/home/ada" };
const developing = { packaged: false, folder: "/home/ada" };
const id = "01j9z8k7m6n5p4q3r2s1t0v9w8";

describe("the words of a start", () => {
  test("nothing: a window on the default profile", () => {
    expect(readArguments([], packaged)).toEqual({ profile: undefined, link: null, command: null });
  });

  test.each([
    [["--profile", "work"]],
    [["--profile=work"]],
    [["--no-sandbox", "--profile", "work"]],
  ])("%j names a profile in the folder of the start", (words) => {
    expect(readArguments(words, packaged).profile).toBe("/home/ada/work");
    expect(readArguments(words, packaged).command).toBeNull();
  });

  test("a link leads to its place", async () => {
    const { link } = readArguments([`guildhall://item/${id}?rev=3`], packaged);
    expect(await placeOfLink(link ?? "")).toBe(`/item/${id}?rev=3`);
  });

  test.each([["guildhall://item/../../etc"], ["guildhall://nowhere"], ["guildhall://item/%"]])(
    "%s leads nowhere",
    async (words) => {
      const { link } = readArguments([words], packaged);
      expect(await placeOfLink(link ?? "")).toBeNull();
    },
  );

  test("a command's name starts the command line, in the packaged app only", () => {
    const words = ["--profile", "list", "search", "refund", "--json"];
    expect(readArguments(words, packaged).command).toEqual(words);
    expect(
      readArguments(["--ozone-platform=headless", "--no-sandbox", ...words], packaged).command,
    ).toEqual(words);
    expect(readArguments(["--help"], packaged).command).toEqual(["--help"]);
    expect(readArguments(words, developing).command).toBeNull();
  });
});

test("the names of the commands are those of the program", () => {
  const unused = () => Promise.reject(new Error("No command runs in this test."));
  const program = createProgram("0", {
    toTheLog: unused,
    toRead: unused,
    toWrite: unused,
    inAnyProfile: unused,
    toJoin: unused,
    alone: unused,
    serve: unused,
  });
  const names = program.commands.map((command) => command.name());
  expect([...names, "help"].toSorted()).toEqual([...commandNames].toSorted());
});
