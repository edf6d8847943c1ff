/** Where the links and images of a record's text lead: to records, attachments, or outside. */
import { type ReactNode, useMemo } from "react";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { parseRoute } from "#shared/navigation/route.ts";
import type { MarkdownSources } from "#renderer/ui/markdown/markdown-sources.ts";
import { type Output, useAsk } from "./api.ts";
import { host } from "./host.ts";
import { RouteLink } from "./navigation.tsx";

export type RecordLinks = Output<"records", "links">;

const nothing: Pick<RecordLinks, "targets" | "attachments"> = { targets: [], attachments: [] };

/** The sources for the text of a record, or of one that is not saved yet. */
export function useMarkdownSources(id: RecordId | undefined): MarkdownSources {
  const links = useAsk("records", "links", { id: id ?? unsaved }, { enabled: id !== undefined });
  const known = links.data ?? nothing;
  return useMemo(() => sourcesFrom(known), [known]);
}

/** A well-formed id that no record has: never asked for, the query is off while there is no record. */
const unsaved = recordIdSchema.parse("0".repeat(26));

function sourcesFrom(known: Pick<RecordLinks, "targets" | "attachments">): MarkdownSources {
  const records = new Map(known.targets.map((target) => [target.href, target]));
  const files = new Map(known.attachments.map((file) => [file.href, file.hash]));
  // A file that was put in a moment ago is known by its address alone.
  const hashOf = (target: string) =>
    files.get(target) ?? /^attachments\/(?<hash>[0-9a-f]{64})\//u.exec(target)?.groups?.hash;
  return {
    imageUrl: (target) => {
      const hash = hashOf(target);
      return hash === undefined ? null : host.attachmentUrl(hash);
    },
    link: (target, children) => {
      const record = candidates(target).flatMap((href) => records.get(href) ?? [])[0];
      if (record !== undefined) {
        const heading = record.anchor === null ? {} : { heading: record.anchor };
        return (
          <RouteLink
            to={{ screen: "record", id: record.record.id, ...heading }}
            title={record.record.title}
          >
            {children}
          </RouteLink>
        );
      }
      const hash = hashOf(target);
      if (hash !== undefined) {
        return (
          <a href={host.attachmentUrl(hash)} download>
            {children}
          </a>
        );
      }
      return otherLink(target, children);
    },
  };
}

function otherLink(target: string, children: ReactNode): ReactNode {
  if (/^guildhall:/iu.test(target)) {
    const route = parseRoute(target);
    if (route !== null) return <RouteLink to={route}>{children}</RouteLink>;
  }
  if (/^(?:https?:|mailto:)/iu.test(target)) {
    return (
      <a
        href={target}
        rel="noreferrer noopener"
        title={target}
        onClick={(event) => {
          event.preventDefault();
          host.openExternal(target);
        }}
      >
        {children}
      </a>
    );
  }
  return (
    <span data-unresolved title={`This link leads nowhere in this workspace: ${target}`}>
      {children}
      <span className="visually-hidden"> (a link that leads nowhere in this workspace)</span>
    </span>
  );
}

/** A target may be kept with or without the template tag or the anchor around it. */
function candidates(target: string): readonly string[] {
  const tag = /^\{%-?\s*page\s+["'](?<path>[^"']+)["'][^%]*%\}(?<tail>.*)$/u.exec(target)?.groups;
  const inTag = tag?.path === undefined ? [] : [tag.path + (tag.tail ?? ""), tag.path];
  return [target, ...inTag, safeDecode(target)];
}

function safeDecode(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    // A stray percent sign is part of the name.
    return text;
  }
}
