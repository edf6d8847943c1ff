/**
 * Theme, contrast, text size and density on the document. They are remembered beside the engine's
 * own settings, so that the very first paint of the next start is already right.
 */
import { useEffect } from "react";
import { type Settings, settingsSchema } from "#shared/contract/workspace.ts";
import { lazily } from "#shared/rpc/define.ts";
import { host } from "./host.ts";

const remembered = "guildhall.appearance";
const appearanceSchema = lazily(() =>
  settingsSchema().pick({ theme: true, contrast: true, textSize: true, density: true }),
);
type Appearance = Pick<Settings, "theme" | "contrast" | "textSize" | "density">;

const moreContrast = window.matchMedia("(prefers-contrast: more)");

/** Puts the appearance of the last start on the document, before anything is drawn. */
export function recallAppearance(): void {
  const text = localStorage.getItem(remembered);
  if (text === null) return;
  try {
    show(appearanceSchema().parse(JSON.parse(text)));
  } catch {
    // Written by another version, or by hand: the engine's settings arrive in a moment.
    localStorage.removeItem(remembered);
  }
}

/** Keeps the document in the appearance that the settings say. */
export function useAppearance(settings: Settings | undefined): void {
  useEffect(() => {
    if (settings === undefined) return undefined;
    const { theme, contrast, textSize, density } = settings;
    const appearance = { theme, contrast, textSize, density };
    show(appearance);
    if (host.kind === "browser") localStorage.setItem(remembered, JSON.stringify(appearance));
    else host.setTheme(theme);
    const follow = () => show(appearance);
    moreContrast.addEventListener("change", follow);
    return () => moreContrast.removeEventListener("change", follow);
  }, [settings]);
}

function show({ theme, contrast, textSize, density }: Appearance): void {
  const root = document.documentElement;
  root.dataset.theme = theme;
  const high = contrast === "high" || (contrast === "system" && moreContrast.matches);
  root.dataset.contrast = high ? "high" : "normal";
  root.dataset.density = density;
  root.style.setProperty("--text-scale", (textSize / 100).toString());
}
