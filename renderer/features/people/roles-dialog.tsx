/** The roles of one person: each can be taken away, others given. */
import { type ReactElement, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import type { ComboboxOption } from "#renderer/ui/combobox.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { roleNames, roleWords } from "#renderer/ui/role-names.ts";
import { useToast } from "#renderer/ui/toast.tsx";
import type { Member } from "#shared/contract/sharing.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import type { Role } from "#shared/domain/roster/role.ts";
import { DepartmentChoice, departmentProblem } from "./department-choice.tsx";
import { RoleChoice } from "./role-choice.tsx";
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
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Roles of ${member.name}`}
      description="What somebody wrote under a role stays when the role is taken away."
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <Held member={member} />
      {standing.invites && member.state === "active" && (
        <Give member={member} standing={standing} />
      )}
    </Dialog>
  );
}

function Held({ member }: { readonly member: Member }) {
  const withdraw = useTell("sharing", "withdraw");
  const toast = useToast();
  if (member.roles.length === 0) return <p className={styles.text}>No role is held now.</p>;
  return (
    <div>
      <ul aria-label="Roles held">
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
      </ul>
      {withdraw.error !== null && (
        <Notice tone="bad" live title="Nothing was taken away">
          {withdraw.error.message}
        </Notice>
      )}
    </div>
  );
}

function Give({ member, standing }: Pick<RolesDialogProps, "member" | "standing">) {
  const grant = useTell("sharing", "grant");
  const toast = useToast();
  const [role, setRole] = useState<Role>("member");
  const [departments, setDepartments] = useState<readonly ComboboxOption[]>([]);
  const [tried, setTried] = useState(false);
  const problem = departmentProblem(role, standing, departments);
  function give(): void {
    setTried(true);
    if (problem !== null) return;
    const ids = departments.map(({ value }) => recordIdSchema.parse(value));
    grant.mutate(
      { person: member.person, role, departments: ids },
      {
        onSuccess: () => {
          setTried(false);
          setDepartments([]);
          toast.show({ message: `${member.name} is ${roleWords[role].name.toLowerCase()} now.` });
        },
      },
    );
  }
  return (
    <section className={styles.give} aria-label="Give another role">
      <RoleChoice roles={standing.gives} value={role} onChange={setRole} />
      <DepartmentChoice
        role={role}
        standing={standing}
        value={departments}
        onChange={setDepartments}
        error={tried ? problem : null}
      />
      {grant.error !== null && (
        <Notice tone="bad" live title="Nothing was given">
          {grant.error.message}
        </Notice>
      )}
      <Button variant="primary" busy={grant.isPending} className={styles.submit} onClick={give}>
        Give this role
      </Button>
    </section>
  );
}
