/** Finds the links of imported pages that lead nowhere, once everything that came along is there. */
import type { MarkdownLink } from "#shared/markdown/extract.ts";
import type { Readable } from "../../db/database.ts";
import { resolve } from "../../links/links-of.ts";
import { addressesOf, type Origin, type Target, targetsOf } from "../../links/place.ts";
import { type Candidate, pickCandidate } from "../../links/resolve.ts";
import type { Copies } from "./copies.ts";
import type { ReportBuilder } from "./import-report.ts";
import { mapFields } from "./map-fields.ts";
import type { Page } from "./page.ts";

type Pending = {
  readonly link: Pick<MarkdownLink, "href" | "kind">;
  readonly origin: NonNullable<Origin>;
};

export type LinkCheck = {
  /** Says that a page is in the import; only a dry run needs it, since its pages are in no table. */
  readonly announce: (page: Page, collection: string) => void;
  readonly check: (pending: Pending) => void;
  /** Reports what leads nowhere, to no page and to no copy of one. */
  readonly finish: (to: Finish, breathe: () => Promise<void>) => Promise<void>;
};

type Finish = { readonly report: ReportBuilder; readonly copies: Pick<Copies, "lead"> };

/** Waits for no link in the beginning. A dry run looks among what would come in as well. */
export function createLinkCheck(db: Readable, dryRun: boolean): LinkCheck {
  const waiting: Pending[] = [];
  const planned = new Map<string, Candidate[]>();

  function announce(page: Page, collection: string): void {
    if (!dryRun) return;
    const origin = { collection, path: page.path };
    const aliases = mapFields(page.front.values, page.type, () => undefined).fields["aliases"];
    for (const part of page.parts) {
      const names = Array.isArray(aliases) ? aliases.filter((one) => typeof one === "string") : [];
      for (const address of addressesOf({ title: part.name, origin, aliases: names })) {
        const candidate = { ...address, record: page.path, collection, part: 0 };
        planned.set(address.key, [...(planned.get(address.key) ?? []), candidate]);
      }
    }
  }

  function leadsSomewhere({ link, origin }: Pending, copies: Finish["copies"]): boolean {
    const targets = targetsOf(link, origin);
    const isPlanned = (target: Target) =>
      pickCandidate(target, origin, planned.get(target.key) ?? []) !== undefined;
    if (targets.some(isPlanned) || resolve(db, targets, origin) !== undefined) return true;
    return copies.lead(targets, origin);
  }

  return {
    announce,
    check: ({ link: { href, kind }, origin }) =>
      void waiting.push({ link: { href: copied(href), kind }, origin }),
    finish: async ({ report, copies }, breathe) => {
      const told = new Set<string>();
      for (const pending of waiting) {
        await breathe();
        const { href } = pending.link;
        const { path } = pending.origin;
        const one = `${path}\n${href}`;
        if (told.has(one) || leadsSomewhere(pending, copies)) continue;
        told.add(one);
        report.unresolved(path, href);
      }
    },
  };
}

/** A string of its own: one that was cut from a page keeps the whole page in memory. */
function copied(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
