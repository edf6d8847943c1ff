/** What the Markdown view asks of the screen around it. */
import type { ReactNode } from "react";

/** What a text cannot know by itself. */
export type MarkdownSources = {
  /** A link to what the text names, as it was written there. */
  readonly link: (target: string, children: ReactNode) => ReactNode;
  /** Where an image can be shown from; null when it is missing. */
  readonly imageUrl: (target: string) => string | null;
};
