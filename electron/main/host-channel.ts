/** The one channel between page and main process: every message's sender and content are checked. */
import type { IpcMain } from "electron";
import type { HostLogger } from "#hosts/host-log.ts";
import { hostContract } from "#shared/contract/host-bridge.ts";
import type { Handlers } from "#shared/rpc/define.ts";
import { createServer } from "#shared/rpc/server.ts";
import { isTrustedSender } from "./security/sender-validation.ts";

type ChannelOptions = {
  readonly handlers: Handlers<typeof hostContract>;
  /** Ids of the windows of ours. */
  readonly windows: ReadonlySet<number>;
  readonly logger: HostLogger;
};

/** Answers the channel; there is no other. */
export function serveHostChannel(ipcMain: IpcMain, options: ChannelOptions): void {
  const { handlers, windows, logger } = options;
  const serve = createServer(hostContract, handlers, {
    onInternalError: (error, call) => {
      logger.error(`host.${call}`, error);
    },
  });
  ipcMain.handle("guildhall:host", async (event, request: unknown) => {
    if (!isTrustedSender(event, windows)) {
      logger.warn("message.refused");
      throw new Error("This page may not speak to Guildhall.");
    }
    return serve(request);
  });
}
