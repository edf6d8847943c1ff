/** `search QUERY [--type T] [--department D] [--limit N] [--sort S]` */
import type { Hit } from "#shared/contract/search.ts";
import { count, oneLine, type Outcome } from "./outcome.ts";
import { findByName } from "./references.ts";
import type { Session } from "./session.ts";
import type { Paint } from "./terminal.ts";

type SearchOptions = {
  readonly query: string;
  readonly type: string | undefined;
  readonly department: string | undefined;
  readonly limit: number;
  readonly sort: "relevance" | "date";
};

/** The most hits one call of the contract gives. */
const pageSize = 200;

/** Options become operators before the query, so that a query with a stray quote leaves them alone. */
export async function search({ client }: Session, options: SearchOptions): Promise<Outcome> {
  const operators: string[] = [];
  if (options.type !== undefined) operators.push(`type:${options.type}`);
  if (options.department !== undefined) {
    const { title } = await findByName(client, "department", options.department);
    operators.push(`department:"${title.replaceAll('"', " ")}"`);
  }
  const text = [...operators, options.query].join(" ");
  const found: Hit[] = [];
  let ms = 0;
  let total = 0;
  let more = false;
  let corrected: string | null = null;
  let suggestion: string | null = null;
  do {
    const page = await client.search.query({
      text,
      sort: options.sort,
      offset: found.length,
      limit: Math.min(pageSize, options.limit - found.length),
    });
    ms += page.ms;
    ({ total, more, corrected, suggestion } = page);
    if (page.hits.length === 0) break;
    found.push(...page.hits);
  } while (found.length < Math.min(options.limit, total));
  const hits = found.map((hit) => ({
    id: hit.id,
    type: hit.type,
    title: hit.title,
    department: hit.department?.title ?? null,
    score: hit.score,
    field: hit.field,
    snippet: hit.snippet.map((run) => run.text).join(""),
    similar: hit.similar,
  }));
  return {
    json: { total, more, ms: Math.round(ms * 1000) / 1000, hits, corrected, suggestion },
    text: (paint) => {
      const lines = found.map((hit) => showHit(hit, paint));
      const hints = [
        ...(corrected === null ? [] : [`These are the hits for: ${corrected}`]),
        ...(suggestion === null ? [] : [`Did you mean: ${suggestion}`]),
      ];
      const closing = `${more ? "At least " : ""}${count(total, "hit")} in ${ms.toFixed(1)} ms`;
      return [...lines, paint("dim", closing), ...hints].join("\n");
    },
  };
}

function showHit(hit: Hit, paint: Paint): string {
  const mark = (runs: Hit["snippet"]) =>
    runs.map(({ text, hit }) => (hit ? paint("yellow", text) : text)).join("");
  const similar = hit.similar === 0 ? null : `and ${hit.similar} similar`;
  const facts = [hit.type, hit.department?.title, hit.status, similar].filter(Boolean).join(" · ");
  const snippet = oneLine(mark(hit.snippet));
  return `${paint("bold", oneLine(hit.title))}  ${paint("dim", facts)}\n  ${hit.id}  ${paint("dim", `${hit.field}:`)} ${snippet}\n`;
}
