/** Who I am here, and how this device's key is kept. */
import { type ReactElement, type SubmitEvent, useState } from "react";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Actions } from "#renderer/ui/actions.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import type { RecordId } from "#shared/domain/ids.ts";
import { SearchCounts } from "./search-counts.tsx";
import styles from "./settings.module.css";

const protections = {
  key_store: "Kept by the key store of the operating system",
  passphrase: "Locked by a passphrase",
  file_permissions: "Protected by file permissions only",
} as const;

/** The person, the department, the device, its key. */
export function Device(): ReactElement {
  const state = useAsk("workspace", "state", {});
  if (state.error !== null) return <Notice tone="bad">{state.error.message}</Notice>;
  if (state.data === undefined) return <Skeleton />;
  const { person, department, device, keyProtection, writable } = state.data;
  return (
    <>
      <Facts
        facts={[
          ["You", person && <Named key="you" {...person} />],
          ["Department", department && <Named key="department" {...department} />],
          ["Device", device && <code key="device">{device}</code>],
          ["Signing key", keyProtection === null ? "None" : protections[keyProtection]],
        ]}
      />
      {keyProtection === "file_permissions" && (
        <Notice tone="warn" title="Anyone who can read this computer's files can sign as you">
          Set a passphrase below. It is asked for at each start.
        </Notice>
      )}
      {keyProtection === "key_store" && writable && (
        <Notice title="Only this app can open your key">
          A passphrase in its place opens it in a browser tab and on the command line too. It is
          asked for at each start.
        </Notice>
      )}
      {keyProtection !== null && writable && (
        <Passphrase changing={keyProtection === "passphrase"} />
      )}
      <SearchCounts />
    </>
  );
}

function Named({ id, name }: { readonly id: RecordId; readonly name: string }) {
  return <RouteLink to={{ screen: "record", id }}>{name}</RouteLink>;
}

function Passphrase({ changing }: { readonly changing: boolean }) {
  const protect = useTell("workspace", "protect");
  const toast = useToast();
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [tried, setTried] = useState(false);
  const short = first.length < 8 ? "Use at least 8 characters." : null;
  const different = first === second ? null : "The two are not the same.";

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setTried(true);
    if (short !== null || different !== null) return;
    protect.mutate(
      { passphrase: first },
      {
        onSuccess: () => {
          setFirst("");
          setSecond("");
          setTried(false);
          toast.show({ message: "The passphrase is set. It is asked for at the next start." });
        },
        onError: toast.fail,
      },
    );
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h2 className={styles.label}>{changing ? "Change the passphrase" : "Set a passphrase"}</h2>
      <TextField
        label="New passphrase"
        type="password"
        autoComplete="new-password"
        help="It cannot be recovered: write it down."
        value={first}
        onChange={setFirst}
        error={tried ? short : null}
      />
      <TextField
        label="Once more"
        type="password"
        autoComplete="new-password"
        value={second}
        onChange={setSecond}
        error={tried ? different : null}
      />
      <Actions>
        <Button variant="primary" type="submit" busy={protect.isPending}>
          {changing ? "Change the passphrase" : "Set the passphrase"}
        </Button>
      </Actions>
    </form>
  );
}
