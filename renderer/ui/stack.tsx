/** Things under one another, evenly apart. */
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./stack.module.css";

export type StackProps = {
  /** `wide` between the sections of a page, `close` between what belongs together. */
  readonly gap?: "close" | "normal" | "wide";
  readonly children: ReactNode;
};

/** A column. */
export function Stack({ gap = "normal", children }: StackProps): ReactElement {
  return <div className={classNames(styles.stack, styles[gap])}>{children}</div>;
}
