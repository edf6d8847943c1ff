// Loaded into Electron's main process before the app: says on standard output when the page has been
// painted with what GUILDHALL_BENCH_READY (a selector) finds, in milliseconds since 1970.
const { app } = require("electron");

const watch = (selector) => `new Promise((resolve) => {
  const painted = () => performance.timeOrigin + performance.now();
  const look = () => {
    if (document.querySelector(${JSON.stringify(selector)}) === null) return false;
    // The task after the next frame runs when that frame has been painted.
    requestAnimationFrame(() => setTimeout(() => resolve(painted())));
    return true;
  };
  if (look()) return;
  const observer = new MutationObserver(() => { if (look()) observer.disconnect(); });
  observer.observe(document, { childList: true, subtree: true });
})`;

app.on("web-contents-created", (_event, contents) => {
  contents.once("dom-ready", () => {
    const looking = contents.mainFrame.executeJavaScript(watch(process.env.GUILDHALL_BENCH_READY));
    void looking.then((at) => process.stdout.write(`painted ${String(at)}\n`));
  });
});
