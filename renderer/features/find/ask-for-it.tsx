/** Turns a search into a request that somebody who knows can answer. */
import { MessageCircleQuestion } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import type { RecordId } from "#shared/domain/ids.ts";

type AskForItProps = {
  /** What was looked for. */
  readonly words: string;
  /** Stands back behind results that may be it after all. */
  readonly quiet?: boolean;
};

/** A question in one click. */
export function AskForIt({ words, quiet = false }: AskForItProps): ReactElement {
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
      {quiet ? "None of these?" : "Somebody may know."}{" "}
      <Button
        variant={quiet ? "secondary" : "primary"}
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
