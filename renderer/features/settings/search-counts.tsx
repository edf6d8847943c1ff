/** Whether requests say how often this person searched in vain. */
import type { ReactElement } from "react";
import { Switch } from "#renderer/ui/switch.tsx";
import { useSettings } from "./use-settings.ts";

/** Off until the person says otherwise. */
export function SearchCounts(): ReactElement {
  const { settings, change } = useSettings();
  return (
    <Switch
      label="Say in a request how often I searched for it in vain"
      checked={settings.shareSearchCounts}
      onChange={(shareSearchCounts) => change({ shareSearchCounts })}
      help="A number and nothing else, and only in requests that you make. What you search for stays on this device."
    />
  );
}
