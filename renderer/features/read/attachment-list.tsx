/** A record's files: to download, and to keep on this device where a colleague's lie elsewhere. */
import { Download, FileText } from "lucide-react";
import type { ReactElement } from "react";
import { type Output, useAsk, useTell } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Quiet } from "#renderer/ui/quiet.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { PanelTitle } from "./panel.tsx";
import styles from "./linked-records.module.css";

/** The files, or nothing where there is none. */
export function AttachmentList({ record }: { readonly record: RecordView }): ReactElement | null {
  const attachments = useAsk("attachments", "list", { record: record.id });
  if (attachments.data === undefined || attachments.data.length === 0) return null;
  return (
    <section className={styles.group}>
      <PanelTitle>Attachments</PanelTitle>
      <ul className={styles.links}>
        {attachments.data.map((file) => (
          <li key={file.hash}>
            <div className={styles.link}>
              <FileText aria-hidden="true" className={styles.icon} />
              <a href={host.attachmentUrl(file.hash)} download={file.name} dir="auto">
                {file.name}
              </a>
              <Quiet>{size(file.bytes)}</Quiet>
              <Download aria-hidden="true" className={styles.icon} />
            </div>
            {file.state !== "here" && (
              <Elsewhere file={file} changed={() => void attachments.refetch()} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type ElsewhereProps = {
  readonly file: Output<"attachments", "list">[number];
  readonly changed: () => void;
};

/** Opening such a file fetches it; pinning it does so before somebody is without the folder. */
function Elsewhere({ file, changed }: ElsewhereProps): ReactElement {
  const pin = useTell("attachments", "pin");
  const wanted = pin.isPending ? pin.variables.pinned : file.pinned;
  const keep = (pinned: boolean) =>
    pin.mutate({ hash: file.hash, pinned }, { onSettled: () => changed() });
  return (
    <p className={styles.elsewhere}>
      <Quiet>{wanted ? waitsFor(pin.data?.state) : "In the shared folder."}</Quiet>
      <Button size="small" variant="quiet" busy={pin.isPending} onClick={() => keep(!wanted)}>
        {wanted ? "Stop waiting" : "Keep on this device"}
        <span className="visually-hidden">: {file.name}</span>
      </Button>
      {pin.isError && <span role="alert">{pin.error.message}</span>}
    </p>
  );
}

function waitsFor(state: Output<"attachments", "pin">["state"] | undefined): string {
  switch (state) {
    case "waiting":
      return "The shared folder cannot give it now. It comes by itself.";
    case "damaged":
      return "Not all of it is in the shared folder yet. It comes by itself.";
    case "absent":
      return "It has not reached the shared folder yet. It comes by itself.";
    case "here":
    case undefined:
      return "It comes by itself.";
  }
}

function size(bytes: number): string {
  const unit = bytes < 1_000_000 ? "kilobyte" : "megabyte";
  const amount = bytes / (unit === "kilobyte" ? 1000 : 1_000_000);
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit,
    maximumFractionDigits: amount < 10 ? 1 : 0,
  }).format(amount);
}
