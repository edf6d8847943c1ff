/** The person's settings on this device, and changing them. */
import { defaultSettings, type Settings } from "#shared/contract/workspace.ts";
import { client, queryClient, useAsk } from "#renderer/platform/api.ts";
import { useToast } from "#renderer/ui/toast.tsx";

const key = ["workspace", "settings", {}] as const;

/** Counts changes: an answer that a newer change has overtaken must not bring its value back. */
let latest = 0;

/** A change shows at once; if it cannot be kept, the old value comes back with the reason. */
export function useSettings(): {
  readonly settings: Settings;
  readonly change: (change: Partial<Settings>) => void;
} {
  const toast = useToast();
  const settings = useAsk("workspace", "settings", {}).data ?? defaultSettings;
  async function keep(change: Partial<Settings>): Promise<void> {
    latest += 1;
    const mine = latest;
    queryClient.setQueryData(key, { ...settings, ...change });
    try {
      const kept = await client.workspace.changeSettings(change);
      if (mine === latest) queryClient.setQueryData(key, kept);
    } catch (error) {
      await queryClient.invalidateQueries({ queryKey: key });
      toast.fail(error);
    }
  }
  return { settings, change: (change) => void keep(change) };
}
