/** The same folder at another place. */
import { FolderOpen } from "lucide-react";
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { useToast } from "#renderer/ui/toast.tsx";

/** A button, and what it is for. */
export function MovedFolder(): ReactElement {
  const move = useTell("sharing", "moveFolder");
  const toast = useToast();
  async function choose(): Promise<void> {
    const selection = await host.chooseFolder();
    if (selection === null) return;
    await move.mutateAsync({ selection: selection.id });
    toast.show({ message: "Guildhall looks there from now on." });
  }
  return (
    <Section title="The folder has moved?">
      <Explanation>
        A drive with another letter, a move to another cloud drive, a new name: point Guildhall at
        the same folder again. Nothing is lost meanwhile.
        {host.kind === "browser" &&
          " A browser tab cannot choose a folder; do it in the app's own window."}
      </Explanation>
      {host.kind === "electron" && (
        <Button
          icon={FolderOpen}
          busy={move.isPending}
          onClick={() => void choose().catch(toast.fail)}
        >
          Choose the folder…
        </Button>
      )}
    </Section>
  );
}
