/** The frame of every page: head, header with search, and footer. The same for all but its root. */
import type { Element } from "hast";
import { type Child, h } from "./elements.ts";

/** Nothing runs, loads or is sent anywhere but what lies in the handbook's own folder. */
export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "base-uri 'none'; form-action 'none'";

export type PageFrame = {
  /** The handbook's name. */
  readonly name: string;
  readonly title: string;
  /** From the page to the handbook's top: "" or "../". */
  readonly root: string;
  /** The part of the handbook that the page belongs to. */
  readonly part?: Part;
  /** The last day on which what the page says changed. */
  readonly stateOf: string | null;
};

const parts = [
  ["playbooks", "Playbooks"],
  ["lessons", "Lessons"],
  ["departments", "Departments"],
  ["topics", "Topics"],
  ["stages", "Journey"],
  ["tags", "Tags"],
] as const;
export type Part = (typeof parts)[number][0];

/** A whole document around what the page says. */
export function framed(frame: PageFrame, ...content: readonly Child[]): Element {
  const { root, title, name } = frame;
  return h(
    "html",
    { lang: "en", dataRoot: root },
    h(
      "head",
      {},
      h("meta", { charSet: "utf-8" }),
      h("meta", { httpEquiv: "Content-Security-Policy", content: contentPolicy }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("meta", { name: "generator", content: generator }),
      h("meta", { name: "referrer", content: "no-referrer" }),
      h("meta", { name: "color-scheme", content: "light dark" }),
      h("title", {}, title === name ? name : `${title} · ${name}`),
      h("link", { rel: "icon", href: `${root}assets/icon.svg`, type: "image/svg+xml" }),
      h("link", { rel: "stylesheet", href: `${root}assets/handbook.css` }),
      h("script", { src: `${root}assets/handbook.js` }),
    ),
    h(
      "body",
      {},
      h("a", { className: "skip", href: "#main" }, "Skip to the page"),
      header(frame),
      // Of the two only one is shown at a time.
      h("main", { id: "found", ariaLabel: "Search results", tabIndex: -1, hidden: true }),
      h("main", { id: "main", tabIndex: -1 }, ...content),
      footer(frame),
    ),
  );
}

/** By this a page is known as one that an export wrote. */
export const generator = "Guildhall handbook";

function header({ name, root, part }: PageFrame): Element {
  return h(
    "header",
    { className: "top" },
    h("a", { className: "wordmark", href: `${root}index.html`, dir: "auto" }, name),
    h(
      "nav",
      { ariaLabel: "Handbook" },
      h(
        "ul",
        {},
        parts.map(([path, label]) =>
          h(
            "li",
            {},
            h(
              "a",
              {
                href: `${root}${path}/index.html`,
                ...(path === part ? { ariaCurrent: "true" } : {}),
              },
              label,
            ),
          ),
        ),
      ),
    ),
    h(
      "form",
      { className: "find", role: "search", hidden: true },
      h("label", { htmlFor: "find", className: "unseen" }, "Search the handbook"),
      h("input", {
        id: "find",
        type: "search",
        placeholder: "Search",
        autoComplete: "off",
        spellCheck: "false",
        enterKeyHint: "search",
      }),
    ),
    h("button", { type: "button", className: "theme", hidden: true }, "Dark"),
  );
}

function footer({ name, stateOf }: PageFrame): Element {
  return h(
    "footer",
    { className: "foot" },
    h(
      "p",
      { className: "on-paper" },
      "Uncontrolled copy when printed",
      stateOf === null ? null : [", state of ", stateOf],
      ". The page itself says whether it still holds.",
    ),
    h(
      "p",
      { className: "on-screen" },
      h("span", { dir: "auto" }, name),
      ": published playbooks and lessons, exported from Guildhall.",
    ),
  );
}
