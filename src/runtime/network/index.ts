export {
  createGatewayClient,
  type FetchedThrough,
  type GatewayClient,
  type GatewayClientOptions,
} from "./gateway-client.ts";
export { createWorkerNetwork, type WorkerNetwork, type WorkerNetworkDeps } from "./worker-network.ts";
