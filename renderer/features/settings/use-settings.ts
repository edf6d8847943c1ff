/** The person's settings on this device, and changing them. */
import { type Settings, settingsSchema } from "#shared/contract/workspace.ts";
import { client, queryClient, useAsk } from "#renderer/platform/api.ts";
import { useToast } from "#renderer/ui/toast.tsx";

const key = ["workspace", "settings", {}] as const;

/** A change shows at once; if it cannot be kept, the old value comes back with the reason. */
export function useSettings(): {
  readonly settings: Settings;
  readonly change: (change: Partial<Settings>) => void;
} {
  const toast = useToast();
  const settings = useAsk("workspace", "settings", {}).data ?? settingsSchema.parse({});
  async function keep(change: Partial<Settings>): Promise<void> {
    queryClient.setQueryData(key, { ...settings, ...change });
    try {
      queryClient.setQueryData(key, await client.workspace.changeSettings(change));
    } catch (error) {
      queryClient.setQueryData(key, settings);
      toast.fail(error);
    }
  }
  return { settings, change: (change) => void keep(change) };
}
