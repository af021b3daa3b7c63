/** The gateway's face: the local server behind the page. */
export { DEFAULT_PORT, type Gateway, type GatewayOptions, startGateway } from "./server.ts";
