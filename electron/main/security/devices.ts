/** Bluetooth, serial, USB and HID choosers never come up, and no certificate or login is given out. */
import type { App, Session, WebContents } from "electron";

/** Refuses the choosers of a session's devices. */
export function guardDevices(session: Session): void {
  session.on("select-hid-device", (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
  session.on("select-serial-port", (...[event, , , choose]) => {
    event.preventDefault();
    choose("");
  });
  session.on("select-usb-device", (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
}

/** Refuses the Bluetooth chooser of a page. */
export function guardBluetooth(contents: WebContents): void {
  contents.on("select-bluetooth-device", (event, _devices, choose) => {
    event.preventDefault();
    choose("");
  });
}

/** Nothing here ever speaks TLS or HTTP authentication, so both are refused. */
export function guardCredentials(app: App): void {
  app.on("certificate-error", (...[event, , , , , trust]) => {
    event.preventDefault();
    trust(false);
  });
  app.on("select-client-certificate", (event) => {
    event.preventDefault();
  });
  app.on("login", (...[event, , , , answer]) => {
    event.preventDefault();
    answer();
  });
}
