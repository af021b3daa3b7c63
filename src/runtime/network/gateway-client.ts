import { HOOKS_SOCKET_PATH } from "../../gateway/hooks-protocol.ts";
import {
  FETCH_PATH,
  FETCH_REQUEST_HEADER,
  FETCH_RESPONSE_HEADER,
  type FetchRequest,
  type FetchResponse,
  PACKAGES_PATH,
  SIGN_OUT_PATH,
  SOCKETS_PATH,
  SUBPROTOCOL,
  TOKEN_HEADER,
  TOKEN_PLACEHOLDER,
} from "../../gateway/protocol.ts";

/** What the gateway says about a fetched response, and its body. */
export interface FetchedThrough {
  readonly head: FetchResponse;
  readonly body: ReadableStream<Uint8Array> | null;
}

/** The one client of our own server: only it knows the token. */
export interface GatewayClient {
  readonly origin: string;
  /** Makes an HTTP request through the gateway. Throws GatewayError where the gateway does not answer as it should. */
  fetchThrough(request: FetchRequest, body: ArrayBuffer | null, signal: AbortSignal): Promise<FetchedThrough>;
  /** A file or index page of Python packages; `path` below PACKAGES_PATH. Any status. */
  packages(path: string, signal?: AbortSignal): Promise<Response>;
  /** Ends the session of this browser. Throws GatewayError where the gateway does not answer. */
  signOut(): Promise<void>;
  /** A new WebSocket for the frames of one worker. */
  openSockets(): WebSocket;
  /** A new WebSocket for the requests to this page's addresses. */
  openHooks(): WebSocket;
}

/** The gateway does not answer, or refuses this page. The message is for the person. */
export class GatewayError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "GatewayError";
  }
}

export const GATEWAY_SILENT =
  "Runnel's local gateway does not answer. Start it again (npm start) and reload this page; your workflow is kept.";
const NOT_SERVED_BY_IT =
  "Runnel's local gateway does not answer: this page comes from another server. Start Runnel (npm start) and open the address that it prints.";

export interface GatewayClientOptions {
  /** Of our own server: `http://localhost:4173`. */
  readonly origin: string;
  readonly token: string;
  /** Tests run where a WebSocket has no origin of its own. */
  readonly openWebSocket?: (url: string, protocols: string[]) => WebSocket;
  readonly fetch?: typeof fetch;
}

export function createGatewayClient(options: GatewayClientOptions): GatewayClient {
  const { origin, token } = options;
  const request = options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
  const openWebSocket = options.openWebSocket ?? ((url, protocols) => new WebSocket(url, protocols));

  async function send(path: string, init: RequestInit): Promise<Response> {
    // The gateway puts a real one there.
    if (token === TOKEN_PLACEHOLDER) throw new GatewayError(NOT_SERVED_BY_IT);
    try {
      return await request(origin + path, init);
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new GatewayError(GATEWAY_SILENT);
    }
  }

  const open = (path: string) =>
    openWebSocket(origin.replace(/^http/, "ws") + path, [SUBPROTOCOL, `token.${token}`]);

  return {
    origin,
    async fetchThrough(fetchRequest, body, signal) {
      const response = await send(FETCH_PATH, {
        method: "POST",
        signal,
        headers: {
          [TOKEN_HEADER]: token,
          [FETCH_REQUEST_HEADER]: encodeURIComponent(JSON.stringify(fetchRequest)),
        },
        body,
      });
      const head = response.headers.get(FETCH_RESPONSE_HEADER);
      if (head === null) {
        await response.body?.cancel();
        throw new GatewayError(
          response.status === 401
            ? "Runnel's gateway was started anew since this page was loaded, or you are signed out. Reload the page; your workflow is kept."
            : `Runnel's local gateway answered ${response.status} instead of passing the request on.`,
        );
      }
      return { head: JSON.parse(decodeURIComponent(head)) as FetchResponse, body: response.body };
    },
    packages: (path, signal) =>
      send(PACKAGES_PATH + path, { headers: { [TOKEN_HEADER]: token }, ...(signal ? { signal } : {}) }),
    async signOut() {
      const response = await send(SIGN_OUT_PATH, { method: "POST" });
      if (!response.ok)
        throw new GatewayError(`Signing out failed: the gateway answered ${response.status}.`);
    },
    openSockets() {
      const socket = open(SOCKETS_PATH);
      socket.binaryType = "arraybuffer";
      return socket;
    },
    openHooks: () => open(HOOKS_SOCKET_PATH),
  };
}
