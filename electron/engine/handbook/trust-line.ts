/**
 * What a page may be relied on for, in dates: these stay true whenever the page is read. The page's
 * script turns "holds until" into "expired" once the day has passed.
 */
import type { Element } from "hast";
import { dayElement, dayText } from "./days.ts";
import { h } from "./elements.ts";
import type { PageTrust } from "./library.ts";

/** A few words for a list. */
export function trustMark({ state, on, until }: PageTrust): Element {
  const words =
    state === "verified"
      ? until === null
        ? "Verified"
        : `Verified until ${dayText(until)}`
      : state === "rejected"
        ? `Rejected${on === null ? "" : ` on ${dayText(on)}`}`
        : "Not verified";
  return h("span", { className: "trust", ...attributes({ state, until }) }, words);
}

/** The whole sentence for the page itself. */
export function trustSentence({ state, on, until }: PageTrust, by: string | undefined): Element {
  const who = by === undefined ? "" : ` by ${by}`;
  switch (state) {
    case "unverified":
      return h("p", { className: "trust", dataTrust: state }, "Nobody has verified this page yet.");
    case "rejected":
      return h(
        "p",
        { className: "trust", dataTrust: state },
        "The last verifier",
        on === null ? null : [" (", dayElement(on), ")"],
        " said that this page is not true as it stands.",
      );
    case "verified":
      return h(
        "p",
        { className: "trust", ...attributes({ state, until }) },
        h("strong", {}, until === null ? "Verified" : `Verified until ${dayText(until)}`),
        h(
          "span",
          {},
          ": checked on ",
          dayElement(on),
          who,
          until === null
            ? ", with no end set."
            : ["; the check holds until ", dayElement(until), "."],
        ),
      );
  }
}

function attributes({ state, until }: Pick<PageTrust, "state" | "until">) {
  return { dataTrust: state, ...(until === null ? {} : { dataUntil: until }) };
}
