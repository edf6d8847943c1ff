/** Whether something lets one wait so long that it has to be said. */
import { useEffect, useState } from "react";

/** True once `waiting` has lasted for `patience` milliseconds, until it ends. */
export function useLate(waiting: boolean, patience: number): boolean {
  const [late, setLate] = useState(false);
  if (late && !waiting) setLate(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, [waiting, patience]);
  return late && waiting;
}
