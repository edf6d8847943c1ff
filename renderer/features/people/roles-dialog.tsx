/** The roles of one person: each can be taken away, others given. */
import { type ReactElement, useId, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { roleNames, roleWords } from "#renderer/ui/role-names.ts";
import { Rows } from "#renderer/ui/rows.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import type { Member } from "#shared/contract/sharing.ts";
import { RoleForm } from "./role-form.tsx";
import type { Standing } from "./standing.ts";
import styles from "./people.module.css";

type RolesDialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly member: Member;
  readonly standing: Standing;
};

/** The dialog. What is done holds at once; every device hears of it with its next look. */
export function RolesDialog({ open, onClose, member, standing }: RolesDialogProps): ReactElement {
  const form = useId();
  const grant = useTell("sharing", "grant");
  const toast = useToast();
  const [given, setGiven] = useState(0);
  const close = () => {
    onClose();
    grant.reset();
  };
  const gives = standing.invites && member.state === "active";
  return (
    <Dialog
      open={open}
      onClose={close}
      title={`Roles of ${member.name}`}
      description="What somebody wrote under a role stays when the role is taken away."
      actions={
        <>
          <Button onClick={close}>Close</Button>
          {gives && (
            <Button variant="primary" type="submit" form={form} busy={grant.isPending}>
              Give this role
            </Button>
          )}
        </>
      }
    >
      <Stack gap="close">
        <Held member={member} />
        {gives && (
          <RoleForm
            key={given}
            id={form}
            standing={standing}
            failure={{ title: "Nothing was given", error: grant.error }}
            onGive={(role, departments) =>
              grant.mutate(
                { person: member.person, role, departments },
                {
                  onSuccess: () => {
                    setGiven(given + 1);
                    const name = roleWords[role].name.toLowerCase();
                    toast.show({ message: `${member.name} is ${name} now.` });
                  },
                },
              )
            }
          />
        )}
      </Stack>
    </Dialog>
  );
}

function Held({ member }: { readonly member: Member }) {
  const withdraw = useTell("sharing", "withdraw");
  const toast = useToast();
  if (member.roles.length === 0) return <Explanation>No role is held now.</Explanation>;
  return (
    <div>
      <Rows label="Roles held">
        {member.roles.map((held) => {
          const [name] = roleNames([held]);
          return (
            <li key={held.role} className={styles.row}>
              {name}
              <Button
                size="small"
                busy={withdraw.isPending && withdraw.variables.role === held.role}
                aria-label={`Take away: ${roleWords[held.role].name}`}
                onClick={() =>
                  withdraw.mutate(
                    { person: member.person, role: held.role },
                    {
                      onSuccess: () =>
                        toast.show({
                          message: `${member.name} is no ${roleWords[held.role].name.toLowerCase()} any more.`,
                        }),
                    },
                  )
                }
              >
                Take away
              </Button>
            </li>
          );
        })}
      </Rows>
      {withdraw.error !== null && (
        <Notice tone="bad" live title="Nothing was taken away">
          {withdraw.error.message}
        </Notice>
      )}
    </div>
  );
}
