/** The code, shown once: in letters, as a picture, and as a message to send. */
import { Copy, Mail } from "lucide-react";
import type { ReactElement } from "react";
import { host } from "#renderer/platform/host.ts";
import { Actions } from "#renderer/ui/actions.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { QrCode } from "#renderer/ui/qr-code.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { formatTime } from "#renderer/ui/time.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import styles from "./people.module.css";

type InvitationCodeProps = {
  readonly code: string;
  readonly expires: string;
  readonly folder: string | null;
};

/** Whoever has it and can open the folder can join with it: it goes to one person only. */
export function InvitationCode({ code, expires, folder }: InvitationCodeProps): ReactElement {
  const toast = useToast();
  const copy = (text: string, message: string) =>
    void host
      .copyText(text)
      .then(() => toast.show({ message }))
      .catch(toast.fail);
  return (
    <Stack gap="close">
      <div className={styles.invitation}>
        <QrCode text={code} label="The code as a picture for a camera" />
        <Stack gap="close">
          <output className={styles.codeText} aria-label="Invitation code">
            {code}
          </output>
          <Explanation>
            Can be used once, until {formatTime(expires, "full")}. It is shown this once; another
            one is made in a moment.
          </Explanation>
        </Stack>
      </div>
      <Actions>
        <Button
          variant="primary"
          icon={Copy}
          onClick={() => copy(code, "The code is on the clipboard.")}
        >
          Copy the code
        </Button>
        <Button
          icon={Mail}
          onClick={() =>
            copy(messageOf({ code, expires, folder }), "The message is on the clipboard.")
          }
        >
          Copy a message
        </Button>
      </Actions>
      <Explanation>
        Send it by a way you trust, to one person: whoever has it and can open the shared folder can
        join. See to it that they have access to the folder, too.
      </Explanation>
    </Stack>
  );
}

function messageOf({ code, expires, folder }: InvitationCodeProps): string {
  const where = folder === null ? "the shared folder" : `the shared folder “${folder}”`;
  return [
    "You are invited to our Guildhall workspace.",
    `1. Make sure that you can open ${where} on your computer.`,
    "2. Start Guildhall and choose “Join with a code”.",
    `3. Choose that folder and enter this code: ${code}`,
    `The code can be used once, until ${formatTime(expires, "full")}.`,
  ].join("\n");
}
