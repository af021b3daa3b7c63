export type { HookResponse, HttpEvent } from "../gateway/hooks-protocol.ts";
export { RUNTIME_META, SIGNED_IN_META, TOKEN_META } from "../gateway/protocol.ts";
export { createRuntime, type RuntimeDeps } from "./client.ts";
export {
  createHooks,
  type HookAnswer,
  type HookRequest,
  type Hooks,
  type HooksState,
  type OnHookRequest,
} from "./hooks/hooks.ts";
export { createGatewayClient, type GatewayClient } from "./network/index.ts";
export type * from "./protocol.ts";
