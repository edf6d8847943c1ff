/** What a button does to the workspace: it is done, or a message says why not. */
import type { UseMutationResult } from "@tanstack/react-query";
import { showFailure } from "#renderer/ui/toast.tsx";

export type Act<I> = {
  /** It is on its way: the button cannot be pressed again. */
  readonly busy: boolean;
  readonly act: (input: I) => void;
};

/** The call of `useTell`, and what to say or do once it is done. */
export function useAct<I, O>(
  tell: UseMutationResult<O, Error, I>,
  done: (output: O) => void,
): Act<I> {
  return {
    busy: tell.isPending,
    act: (input) => tell.mutate(input, { onSuccess: done, onError: showFailure }),
  };
}
