/**
 * Joining a shared workspace with an invitation's code. It stands before there is a workspace, where
 * it asks for a name as well, and in one that comes along.
 */
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { ComeForm, type NewcomerProps } from "./come-form.tsx";

/** The form. */
export function JoinLibrary({ newcomer }: NewcomerProps): ReactElement {
  const join = useTell("sharing", "join");
  return (
    <ComeForm
      newcomer={newcomer}
      folderHelp="The folder that your company shares the workspace in, as it appears on this computer. Nothing is changed there by looking."
      code={{
        label: "Invitation code",
        help: "Nine groups of five. Spaces, hyphens and capitals do not matter. It also proves that this is the folder you were invited to.",
        missing: "Enter the code that a steward gave you.",
      }}
      button={["Ask to join", "Asking"]}
      failed="You have not joined"
      command="share join FOLDER --code CODE"
      tell={join}
      onCome={(selection, code, who) => join.mutateAsync({ selection, code, ...who })}
      along={
        <Notice title="What is in this workspace comes along">
          Everything you wrote, with its history, becomes part of the shared workspace once you are
          let in. Departments and topics of the same name meet.
        </Notice>
      }
    />
  );
}
