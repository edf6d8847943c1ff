/** The one channel between page and main process: every message's sender and content are checked. */
import type { IpcMain } from "electron";
import type { HostLogger } from "#hosts/host-log.ts";
import type { Serve } from "#shared/rpc/server.ts";
import { isTrustedSender } from "./security/sender-validation.ts";

type ChannelOptions = {
  /** Answers what a page of ours asks, and refuses what the host's contract does not know. */
  readonly serve: Serve;
  /** Ids of the windows of ours. */
  readonly windows: ReadonlySet<number>;
  readonly logger: HostLogger;
};

/** Answers the channel; there is no other. */
export function serveHostChannel(ipcMain: IpcMain, options: ChannelOptions): void {
  const { serve, windows, logger } = options;
  ipcMain.handle("guildhall:host", async (event, request: unknown) => {
    if (!isTrustedSender(event, windows)) {
      logger.warn("message.refused");
      throw new Error("This page may not speak to Guildhall.");
    }
    return serve(request);
  });
}
