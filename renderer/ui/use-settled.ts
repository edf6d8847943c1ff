/** What somebody types, once they have paused. */
import { useEffect, useState } from "react";

/** The text as it stood when nobody had changed it for `pause` milliseconds; at first as it is. */
export function useSettled(text: string, pause: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text, pause]);
  return settled;
}
