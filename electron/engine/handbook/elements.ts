/** Elements of a page, written down briefly: `h("p", { className: "lede" }, text)`. */
import type { Element, ElementContent } from "hast";

export type Child = ElementContent | string | null | readonly Child[];

/** Attributes by their names in the document object model: `className`, `dateTime`, `ariaLabel`. */
type Attributes = Readonly<Record<string, string | number | boolean>>;

/** One element. Strings become text; null is nothing. */
export function h(tagName: string, attributes: Attributes, ...children: readonly Child[]): Element {
  const properties = Object.fromEntries(Object.entries(attributes));
  return { type: "element", tagName, properties, children: flat(children) };
}

/** Children as nodes, one after the other. */
export function flat(children: readonly Child[]): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child === null) return [];
    if (typeof child === "string") return child === "" ? [] : [{ type: "text", value: child }];
    return isList(child) ? flat(child) : [child];
  });
}

function isList(child: Exclude<Child, string | null>): child is readonly Child[] {
  return Array.isArray(child);
}

/** Words between elements: "a · b". */
export function joined(parts: readonly (Child | undefined)[], separator = " · "): Child[] {
  const present = parts.flatMap((part) =>
    part === null || part === undefined || part === "" ? [] : [[part]],
  );
  return present.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
}
