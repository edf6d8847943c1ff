/** How it looks. Every choice takes effect at once. */
import type { ReactElement } from "react";
import { Actions } from "#renderer/ui/actions.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { defaultSettings } from "#shared/contract/workspace.ts";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { TextSize } from "./text-size.tsx";
import { useSettings } from "./use-settings.ts";

/** Theme, contrast, text size, density. */
export function Appearance(): ReactElement {
  const { settings, change } = useSettings();
  const { theme, contrast, textSize, density } = defaultSettings;
  return (
    <>
      <RadioGroup
        label="Theme"
        layout="row"
        value={settings.theme}
        onChange={(theme) => change({ theme })}
        options={[
          { value: "system", label: "Like the system" },
          { value: "light", label: "Light" },
          { value: "dark", label: "Dark" },
        ]}
      />
      <RadioGroup
        label="Contrast"
        layout="row"
        value={settings.contrast}
        onChange={(contrast) => change({ contrast })}
        options={[
          { value: "system", label: "Like the system" },
          { value: "normal", label: "Normal" },
          { value: "high", label: "High" },
        ]}
      />
      <TextSize value={settings.textSize} onChange={(textSize) => change({ textSize })} />
      <RadioGroup
        label="Density of lists"
        layout="row"
        value={settings.density}
        onChange={(density) => change({ density })}
        options={[
          { value: "comfortable", label: "Comfortable" },
          { value: "compact", label: "Compact" },
        ]}
      />
      <Actions>
        <Button size="small" onClick={() => change({ theme, contrast, textSize, density })}>
          Restore the defaults
        </Button>
      </Actions>
    </>
  );
}
