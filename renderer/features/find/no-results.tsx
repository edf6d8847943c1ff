/** Nothing found is a beginning: nearest words, fewer filters, or asking those who know. */
import { MessageCircleQuestion, SearchX } from "lucide-react";
import { type ReactElement, useState } from "react";
import { type Output, useAsk, useTell } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import type { RecordId } from "#shared/domain/ids.ts";
import { withoutFilters } from "./query-text.ts";
import styles from "./find.module.css";

type NoResultsProps = {
  readonly text: string;
  readonly answer: Output<"search", "query">;
  readonly onChange: (text: string) => void;
};

/** What to do when nothing was found. */
export function NoResults({ text, answer, onChange }: NoResultsProps): ReactElement {
  const words = withoutFilters(text, answer.chips);
  const { suggestion, chips } = answer;
  return (
    <section className={styles.nothing} aria-labelledby="nothing-found">
      <SearchX className={styles.nothingIcon} aria-hidden="true" />
      <h2 id="nothing-found" className={styles.nothingTitle}>
        Nothing found for <q dir="auto">{text.trim()}</q>
      </h2>
      <div className={styles.ways}>
        {suggestion !== null && (
          <p>
            Did you mean{" "}
            <button
              type="button"
              className={styles.suggestion}
              dir="auto"
              onClick={() => onChange(suggestion)}
            >
              {suggestion}
            </button>
            ?
          </p>
        )}
        {chips.length > 0 && words !== "" && (
          <p>
            The filters may be too narrow.{" "}
            <Button size="small" onClick={() => onChange(words)}>
              Search everything for “{words}”
            </Button>
          </p>
        )}
        <AskForIt words={words === "" ? text.trim() : words} />
      </div>
    </section>
  );
}

/** Turns the search into a request that somebody who knows can answer. */
function AskForIt({ words }: { readonly words: string }): ReactElement {
  const toast = useToast();
  const state = useAsk("workspace", "state", {});
  const create = useTell("records", "create");
  const [request, setRequest] = useState<RecordId>();

  async function fileRequest(): Promise<void> {
    const me = state.data?.person?.id;
    const department = state.data?.department?.id;
    try {
      const { id, action } = await create.mutateAsync({
        type: "request",
        fields: {
          title: words.slice(0, 200),
          query_text: words,
          ...(me !== undefined && { asked_by: me, votes: [me] }),
          ...(department !== undefined && { department_id: department }),
        },
      });
      setRequest(id);
      showDone("The request is filed.", action);
    } catch (error) {
      toast.fail(error);
    }
  }

  if (request !== undefined) {
    return (
      <Notice
        tone="good"
        title="Your question is written down"
        live
        actions={
          <RouteLink
            to={{ screen: "record", id: request }}
            className={buttonClass("secondary", "small")}
          >
            Open the request
          </RouteLink>
        }
      >
        Whoever knows can now answer it, and others can say that they need it too.
      </Notice>
    );
  }
  return (
    <p>
      Somebody may know.{" "}
      <Button
        variant="primary"
        size="small"
        icon={MessageCircleQuestion}
        busy={create.isPending}
        onClick={() => void fileRequest()}
      >
        Ask for it
      </Button>
    </p>
  );
}
