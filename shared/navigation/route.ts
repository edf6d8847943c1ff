/** Every place a person can be in the window, as data: links, menus, history and deep links share it. */
import { z } from "zod";
import { recordIdSchema, type RecordId } from "#shared/domain/ids.ts";

export type Route =
  | { readonly screen: "home" }
  | {
      readonly screen: "list";
      readonly type: string;
      readonly status?: string | undefined;
      readonly department?: RecordId | undefined;
    }
  | {
      readonly screen: "record";
      readonly id: RecordId;
      readonly revision?: number | undefined;
      readonly heading?: string | undefined;
    }
  | {
      readonly screen: "edit";
      readonly id: RecordId;
      /** The key of the draft, where it is not the one under the record's own id. */
      readonly draft?: string | undefined;
    }
  | {
      readonly screen: "new";
      readonly type: string;
      readonly title?: string | undefined;
      /** The key of the draft that is being written, so that a reload continues it. */
      readonly draft?: string | undefined;
    }
  | {
      readonly screen: "history";
      readonly id: RecordId;
      readonly from?: number | undefined;
      readonly to?: number | undefined;
    }
  | {
      readonly screen: "search";
      readonly query: string;
      readonly sort?: "relevance" | "date" | undefined;
    }
  | { readonly screen: "import" }
  | { readonly screen: "export" }
  /** The handbook that anybody can read in a browser. */
  | { readonly screen: "publish" }
  | { readonly screen: "drafts" }
  | { readonly screen: "trash" }
  | {
      readonly screen: "share";
      /** What the person came to do; left out, the page shows how sharing stands. */
      readonly way?: "start" | "join" | "recover" | undefined;
    }
  | { readonly screen: "members" }
  | { readonly screen: "folder" }
  | { readonly screen: "conflicts" }
  | {
      /** The differing versions of one text of a record, to make one of. */
      readonly screen: "merge";
      readonly id: RecordId;
      readonly path: string;
    }
  | { readonly screen: "settings"; readonly section?: string | undefined };

/** Plain pages: their path is their name. */
const plainScreens = [
  ...(["home", "import", "export", "publish", "drafts", "trash"] as const),
  ...(["members", "folder", "conflicts"] as const),
] as const;

/** The route as a path with a query string: `/item/01j…?rev=3`, `/search?q=refund`. */
export function formatRoute(route: Route): string {
  switch (route.screen) {
    case "home":
      return "/";
    case "list":
      return withQuery(`/list/${encodeURIComponent(route.type)}`, {
        status: route.status,
        department: route.department,
      });
    case "record":
      return withQuery(`/item/${route.id}`, { rev: route.revision?.toString(), h: route.heading });
    case "edit":
      return withQuery(`/item/${route.id}/edit`, { draft: route.draft });
    case "new":
      return withQuery(`/new/${encodeURIComponent(route.type)}`, {
        title: route.title,
        draft: route.draft,
      });
    case "history":
      return withQuery(`/item/${route.id}/history`, {
        from: route.from?.toString(),
        to: route.to?.toString(),
      });
    case "search":
      return withQuery("/search", { q: route.query, sort: route.sort });
    case "settings":
      return withQuery("/settings", { section: route.section });
    case "share":
      return withQuery("/share", { way: route.way });
    case "merge":
      return withQuery(`/item/${route.id}/merge`, { path: route.path });
    case "import":
    case "export":
    case "publish":
    case "drafts":
    case "trash":
    case "members":
    case "folder":
    case "conflicts":
      return `/${route.screen}`;
  }
}

/**
 * Reads a path, or a deep link (`guildhall://item/<id>?rev=&h=`). Returns null for anything that is
 * not exactly a place: callers ignore it and stay where they are.
 */
export function parseRoute(text: string): Route | null {
  const parts = split(text);
  if (parts === null) return null;
  const { segments, query } = parts;
  const [first, second, third, ...rest] = segments;
  if (rest.length > 0) return null;
  if (first === undefined) return { screen: "home" };
  if (first === "item") return parseItem(second, third, query);
  if (third !== undefined) return null;
  if (first === "list" && second !== undefined) return parseList(second, query);
  if (first === "new" && second !== undefined)
    return { screen: "new", type: second, title: query.title, draft: query.draft };
  if (second !== undefined) return null;
  if (first === "search") {
    const sort = z.enum(["relevance", "date"]).optional().catch(undefined).parse(query.sort);
    return { screen: "search", query: query.q ?? "", sort: sort };
  }
  if (first === "settings") return { screen: "settings", section: query.section };
  if (first === "share") {
    const way = z.enum(["start", "join", "recover"]).optional().catch(undefined).parse(query.way);
    return { screen: "share", way };
  }
  const plain = plainScreens.find((screen) => screen === first);
  return plain === undefined ? null : { screen: plain };
}

function parseItem(id: string | undefined, page: string | undefined, query: Query): Route | null {
  const record = recordIdSchema.safeParse(id);
  if (!record.success) return null;
  if (page === undefined) {
    return {
      screen: "record",
      id: record.data,
      revision: number(query.rev),
      heading: query.h,
    };
  }
  if (page === "edit") return { screen: "edit", id: record.data, draft: query.draft };
  if (page === "merge") return { screen: "merge", id: record.data, path: query.path ?? "body" };
  if (page !== "history") return null;
  return {
    screen: "history",
    id: record.data,
    from: number(query.from),
    to: number(query.to),
  };
}

function parseList(type: string, query: Query): Route | null {
  const department = recordIdSchema.safeParse(query.department);
  return {
    screen: "list",
    type,
    status: query.status,
    department: department.success ? department.data : undefined,
  };
}

type Query = Readonly<Record<string, string | undefined>>;

const pattern = /^(?:guildhall:\/\/)?\/?(?<path>[^?#]*)(?:\?(?<query>[^#]*))?$/u;

function split(text: string): { segments: readonly string[]; query: Query } | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  try {
    const segments = (match.groups?.path ?? "")
      .split("/")
      .filter(Boolean)
      .map((part) => decodeURIComponent(part));
    const pairs = (match.groups?.query ?? "")
      .split("&")
      .filter(Boolean)
      .map((pair) => {
        const [key = "", value = ""] = pair.split("=", 2);
        return [decodeURIComponent(key), decodeURIComponent(value.replaceAll("+", " "))] as const;
      });
    return { segments, query: Object.fromEntries(pairs) };
  } catch {
    // A stray percent sign: not a place.
    return null;
  }
}

function withQuery(path: string, values: Query): string {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

function number(text: string | undefined): number | undefined {
  const parsed = z.coerce.number().int().positive().safeParse(text);
  return text !== undefined && parsed.success ? parsed.data : undefined;
}
