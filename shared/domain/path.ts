/**
 * The paths that writes name, so that a change says by itself what it writes to: `field` is a whole
 * field, `field/element` one element of an ordered list, `field/.part` one part of a group.
 */

export type Path =
  | { readonly kind: "field"; readonly field: string }
  | { readonly kind: "element"; readonly field: string; readonly element: string }
  | { readonly kind: "part"; readonly field: string; readonly part: string };

/** What a path leads to. */
export function readPath(path: string): Path {
  const slash = path.indexOf("/");
  if (slash < 0) return { kind: "field", field: path };
  const field = path.slice(0, slash);
  return path.charAt(slash + 1) === "."
    ? { kind: "part", field, part: path.slice(slash + 2) }
    : { kind: "element", field, element: path.slice(slash + 1) };
}

/** The path of one element of an ordered list. */
export function elementPath(field: string, element: string): string {
  return `${field}/${element}`;
}

/** The path of one part of a group. */
export function partPath(field: string, part: string): string {
  return `${field}/.${part}`;
}
