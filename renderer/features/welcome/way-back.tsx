/** Back to the first choice. */
import { ArrowLeft } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "#renderer/ui/button.tsx";
import styles from "./welcome.module.css";

/** The button above a form. */
export function WayBack({ onBack }: { readonly onBack: () => void }): ReactElement {
  return (
    <Button variant="quiet" size="small" icon={ArrowLeft} onClick={onBack} className={styles.back}>
      Back
    </Button>
  );
}
