/** The way back with the recovery sheet: this device's person becomes a steward again. */
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { ComeForm, type NewcomerProps } from "./come-form.tsx";

/** The form, and when to use it. */
export function RecoverLibrary({ newcomer }: NewcomerProps): ReactElement {
  const recover = useTell("sharing", "recover");
  return (
    <Stack>
      <Explanation>
        Use this only when no steward&rsquo;s device works any more. Everybody sees that the sheet
        was used, and who became a steward with it.
      </Explanation>
      <ComeForm
        newcomer={newcomer}
        folderHelp="The shared folder, as it appears on this computer."
        code={{
          label: "Recovery code",
          help: "Eight groups of four, from the printed sheet.",
          missing: "Enter the code from the sheet.",
        }}
        button={["Become a steward again", "Recovering"]}
        failed="Nothing was recovered"
        command="share recover FOLDER"
        tell={recover}
        onCome={(selection, recovery, who) => recover.mutateAsync({ selection, recovery, ...who })}
      />
    </Stack>
  );
}
