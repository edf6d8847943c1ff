/** The invitations that were made: open ones can be taken back, the others say what became of them. */
import type { ReactElement } from "react";
import { useAct } from "#renderer/platform/act.ts";
import { type Output, useAsk, useTell } from "#renderer/platform/api.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Rows } from "#renderer/ui/rows.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { roleNames } from "#renderer/ui/role-names.ts";
import { formatTime } from "#renderer/ui/time.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import styles from "./people.module.css";

type Invitation = Output<"sharing", "invitations">[number];

/** Nothing before the first invitation. */
export function Invitations(): ReactElement | null {
  const invitations = useAsk("sharing", "invitations", {});
  const all = invitations.data ?? [];
  if (all.length === 0) return null;
  const open = all.filter(({ state }) => state === "open");
  const closed = all.filter(({ state }) => state !== "open");
  return (
    <Section title="Invitations" count={`${open.length.toLocaleString()} open`}>
      {open.length > 0 && (
        <Rows label="Open invitations">
          {open.map((one) => (
            <Row key={one.id} invitation={one} />
          ))}
        </Rows>
      )}
      {closed.length > 0 && (
        <details>
          <summary>{closed.length.toLocaleString()} used, expired or taken back</summary>
          <Rows label="Closed invitations">
            {closed.map((one) => (
              <Row key={one.id} invitation={one} />
            ))}
          </Rows>
        </details>
      )}
    </Section>
  );
}

const states = { open: "Open", used: "Used", expired: "Expired", withdrawn: "Taken back" } as const;

function Row({ invitation }: { readonly invitation: Invitation }) {
  const { id, role, departments, expires, state, by, usedBy } = invitation;
  const toast = useToast();
  const withdraw = useAct(useTell("sharing", "withdrawInvitation"), () =>
    toast.show({ message: "Nobody can join with that code any more." }),
  );
  const names = (departments ?? []).map(({ name }) => name).join(", ");
  const [asRole] = roleNames([{ role, departments: role === "lead" ? departments : null }]);
  const until = formatTime(expires, "full");
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        <strong>{asRole}</strong>
        {role !== "lead" && names !== "" && <span dir="auto">{names}</span>}
        {state !== "open" && <Badge>{states[state]}</Badge>}
        <span className={styles.quiet}>
          {by !== "" && `by ${by}, `}
          {state === "used" && usedBy !== null
            ? `used by ${usedBy}`
            : state === "open"
              ? `until ${until}`
              : `was for use until ${until}`}
        </span>
      </span>
      {state === "open" && (
        <Button
          size="small"
          busy={withdraw.busy}
          aria-label={`Take back the invitation for ${asRole ?? role} until ${until}`}
          onClick={() => withdraw.act({ id })}
        >
          Take back
        </Button>
      )}
    </li>
  );
}
