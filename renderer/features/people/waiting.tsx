/** Whoever asked to join: let in by every look at the folder, and now when somebody presses. */
import { DoorOpen } from "lucide-react";
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Bullets } from "#renderer/ui/bullets.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { roleWords } from "#renderer/ui/role-names.ts";
import { Section } from "#renderer/ui/section.tsx";

/** A button and what came of it. */
export function Waiting(): ReactElement {
  const admit = useTell("sharing", "admit");
  const { data, error } = admit;
  return (
    <Section title="Asking to join">
      <Explanation>
        Guildhall looks into the folder again and again, and lets in whoever asks with a valid code.
        Nobody has to wait for you to press this.
      </Explanation>
      <Button icon={DoorOpen} busy={admit.isPending} onClick={() => admit.mutate({})}>
        Let in who waits
      </Button>
      {error !== null && (
        <Notice tone="bad" live>
          {error.message}
        </Notice>
      )}
      {data !== undefined && data.admitted.length === 0 && data.refused.length === 0 && (
        <Notice live>Nobody was waiting.</Notice>
      )}
      {data !== undefined && data.admitted.length > 0 && (
        <Notice tone="good" live title="Let in">
          {data.admitted.map(({ name, role }) => `${name} (${roleWords[role].name})`).join(", ")}
        </Notice>
      )}
      {data !== undefined && data.refused.length > 0 && (
        <Notice tone="warn" live title="Not let in">
          <Bullets>
            {data.refused.map(({ name, reason }) => (
              <li key={`${name} ${reason}`}>
                {name}: {reason}
              </li>
            ))}
          </Bullets>
        </Notice>
      )}
    </Section>
  );
}
