/** What the page calls its message with the ports of packages, and the server's answer when it has their files. */
export const TAKE_PACKAGES = "runnel/packages";

/**
 * Stands before the language server's own script: takes files from ports, one message in each, and has the server start with them as if
 * the page had sent them.
 */
export const takePackages = `(() => {
  const files = {};
  const take = (port) =>
    new Promise((resolve) => {
      port.onmessage = ({ data }) => {
        Object.assign(files, data);
        port.close();
        resolve();
      };
    });
  self.addEventListener("message", ({ data }) => {
    if (data.type === ${JSON.stringify(TAKE_PACKAGES)})
      Promise.all(data.ports.map(take)).then(() => self.postMessage({ type: data.type }));
    else if (data.method === "initialize") Object.assign(data.params.initializationOptions.files, files);
  });
})();
`;
