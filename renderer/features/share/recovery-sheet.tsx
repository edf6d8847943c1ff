/** The recovery sheet: shown once, to be printed and put away. Going on needs a word that it is kept. */
import { Copy, Printer } from "lucide-react";
import { type ReactElement, useState } from "react";
import { host } from "#renderer/platform/host.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { formatTime } from "#renderer/ui/time.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { spoken } from "#shared/domain/roster/spoken.ts";
import { setSheet, type Sheet } from "./recovery-store.ts";
import styles from "./share.module.css";

/** The page. */
export function RecoverySheet({ sheet }: { readonly sheet: Sheet }): ReactElement {
  const toast = useToast();
  const [kept, setKept] = useState(false);
  async function copy(): Promise<void> {
    await host.copyText(sheetText(sheet));
    toast.show({ message: "The sheet is on the clipboard. Empty the clipboard afterwards." });
  }
  return (
    <Page title="Recovery sheet" width="reading">
      <PageHeader
        title="Recovery sheet"
        meta={<span className={styles.screenOnly}>Shown this once</span>}
        actions={
          <>
            <Button icon={Printer} onClick={() => window.print()}>
              Print…
            </Button>
            <Button icon={Copy} onClick={() => void copy().catch(toast.fail)}>
              Copy
            </Button>
          </>
        }
      />
      <Stack gap="wide">
        <div className={styles.screenOnly}>
          <Notice tone="good" title={`“${sheet.name}” is shared now`}>
            One thing before you invite anybody: print this sheet, or write it down. It is not
            stored anywhere, and nobody can make it again.
          </Notice>
        </div>
        <section className={styles.sheet} aria-label="The sheet">
          <Facts
            facts={[
              ["Workspace", sheet.name],
              ["Identifier", <code key="library">{sheet.library}</code>],
              ["Fingerprint", <code key="fingerprint">{sheet.fingerprint}</code>],
              ["Made", formatTime(sheet.at, "full")],
              [
                "Recovery code",
                <code key="recovery" className={styles.secret}>
                  {sheet.recovery}
                </code>,
              ],
            ]}
          />
          <SpokenCode code={sheet.recovery} />
          <Explanation>
            Whoever holds this code and can reach the shared folder can make themselves a steward:
            it is the way back when every steward's device is lost. In Guildhall choose Sharing,
            then “Use the recovery sheet”. Keep it where only the stewards get at it, on paper.
          </Explanation>
        </section>
        <div className={`${styles.screenOnly ?? ""} ${styles.form ?? ""}`}>
          <Checkbox
            label="I have kept it where only stewards get at it"
            checked={kept}
            onChange={setKept}
          />
          <Button
            variant="primary"
            disabled={!kept}
            onClick={() => {
              setSheet(null);
              navigate({ screen: "share" }, { replace: true });
            }}
          >
            Go on
          </Button>
        </div>
      </Stack>
    </Page>
  );
}

/** The code as one says it on the telephone: hand-copied letters are checked against words. */
function SpokenCode({ code }: { readonly code: string }) {
  return (
    <table className={styles.spoken}>
      <caption className="visually-hidden">The recovery code, group by group</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Group</th>
          <th scope="col">Said aloud</th>
        </tr>
      </thead>
      <tbody>
        {spoken(code).map(({ group, said }, index) => (
          <tr key={`${index.toString()} ${group}`}>
            <th scope="row">{group}</th>
            <td>{said}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sheetText({ name, library, fingerprint, recovery }: Sheet): string {
  return [
    `Guildhall recovery sheet of “${name}”`,
    `Identifier: ${library}`,
    `Fingerprint: ${fingerprint}`,
    `Recovery code: ${recovery}`,
  ].join("\n");
}
