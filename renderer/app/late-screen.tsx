/** A screen whose code comes when it is first needed, or a little before. */
import { type ComponentType, lazy, useState } from "react";

export type LateScreen<Props> = {
  readonly Screen: ComponentType<Props>;
  /** Fetches the code ahead. */
  readonly load: () => Promise<unknown>;
};

/**
 * What was loaded ahead is drawn at once: a lazy component shows its fallback even then, and React
 * leaves a fallback standing for 300 ms once it is there.
 */
export function lateScreen<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LateScreen<Props> {
  let loading: Promise<ComponentType<Props>> | undefined;
  let loaded: ComponentType<Props> | undefined;
  async function start(): Promise<ComponentType<Props>> {
    loaded = await (loading ??= load());
    return loaded;
  }
  const Lazy: ComponentType<Props> = lazy(async () => ({ default: await start() }));

  function Screen(props: Props) {
    // The same one for as long as the screen stands: another would lose what it holds.
    const [Component] = useState<ComponentType<Props>>(() => loaded ?? Lazy);
    return <Component {...props} />;
  }
  return { Screen, load: start };
}
