import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { formatRoute, parseRoute, type Route } from "#shared/navigation/route.ts";

const id = recordIdSchema.parse("01j8z3k4m5n6p7q8r9s0t1v2w3");

const routes: readonly Route[] = [
  { screen: "home" },
  { screen: "list", type: "playbook" },
  { screen: "list", type: "lesson", status: "in_review", department: id },
  { screen: "record", id },
  { screen: "record", id, revision: 3, heading: "was tun?" },
  { screen: "edit", id },
  { screen: "edit", id, draft: `${id}.2` },
  { screen: "new", type: "request", title: "50 % & more / 日本" },
  { screen: "new", type: "lesson", draft: "new-1" },
  { screen: "history", id, from: 1, to: 4 },
  { screen: "search", query: 'refund "a b" -c type:playbook + ?', sort: "date" },
  { screen: "import" },
  { screen: "export" },
  { screen: "publish" },
  { screen: "drafts" },
  { screen: "trash" },
  { screen: "settings", section: "appearance" },
  { screen: "share" },
  { screen: "share", way: "join" },
  { screen: "members" },
  { screen: "folder" },
  { screen: "conflicts" },
  { screen: "merge", id, path: "handoff/.trigger" },
];

describe("a route", () => {
  test.each(routes.map((route) => [formatRoute(route), route] as const))(
    "%s leads back to itself",
    (path, route) => {
      expect(parseRoute(path)).toEqual(route);
      expect(parseRoute(`guildhall:/${path}`)).toEqual(route);
    },
  );

  test("with any query text survives the way to a path and back", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
        (query) => {
          expect(parseRoute(formatRoute({ screen: "search", query }))).toEqual({
            screen: "search",
            query,
          });
        },
      ),
      { seed: 7 },
    );
  });

  test.each([
    "/item/not-an-id",
    `/item/${id}/unknown`,
    `/item/${id}/edit/more`,
    "/nowhere",
    "/trash/extra",
    "/search/extra",
    "/list",
    "guildhall://item/../../etc/passwd",
    "/item/%zz",
    "https://example.com/item",
  ])("is not made of %s", (text) => {
    expect(parseRoute(text)).toBeNull();
  });

  test("drops a revision that is no positive whole number", () => {
    expect(parseRoute(`/item/${id}?rev=-1`)).toEqual({ screen: "record", id });
    expect(parseRoute(`/item/${id}?rev=2.5`)).toEqual({ screen: "record", id });
  });
});
