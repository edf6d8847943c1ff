/** The icon of a record type; a type of a newer version gets a plain page. */
import {
  BookA,
  BookOpen,
  Building2,
  CircleUser,
  File,
  Hash,
  Layers,
  Library,
  Lightbulb,
  type LucideIcon,
  MessageCircleQuestion,
  Sprout,
  Wrench,
} from "lucide-react";
import { memo, type ReactElement } from "react";
import { classNames } from "./class-names.ts";
import styles from "./type-icon.module.css";

const icons: Readonly<Record<string, LucideIcon>> = {
  playbook: BookOpen,
  lesson: Lightbulb,
  person: CircleUser,
  department: Building2,
  topic: Hash,
  skill: Sprout,
  skill_domain: Layers,
  tool: Wrench,
  source: Library,
  request: MessageCircleQuestion,
  vocabulary_term: BookA,
};

/** The icon component of a type, where a component wants it as `icon`. */
export function typeIcon(type: string): LucideIcon {
  return icons[type] ?? File;
}

type TypeIconProps = {
  readonly type: string;
  /** Says the type to screen readers; leave out where the word stands beside it. */
  readonly label?: string;
  readonly className?: string;
};

/** The icon of a type. Rows that change keep theirs for the most part. */
export const TypeIcon = memo(function TypeIcon(props: TypeIconProps): ReactElement {
  const { type, label, className } = props;
  const Icon = icons[type] ?? File;
  const named =
    label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return <Icon {...named} className={classNames(styles.icon, className)} />;
});
