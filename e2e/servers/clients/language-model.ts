import http from "node:http";
import https from "node:https";
import type { Certificate } from "../certificates.ts";
import { type Listening, listen } from "../listen.ts";
import { bodyText } from "../request-body.ts";

/** OpenAI's chat completions as far as the tests use them: the answer is the question in capitals. */
export interface LanguageModel extends Listening {
  /** What `OpenAI(base_url=…)` wants. */
  readonly baseUrl: string;
}

interface Ask {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly content: string }[];
}

/** Any key but `key` is answered with 401; the model `busy` with 429. */
export async function startLanguageModel(key: string, certificate?: Certificate): Promise<LanguageModel> {
  const handle = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const refuse = (status: number, code: string, headers = {}) => {
      const error = { message: `Refused: ${code}`, type: "invalid_request_error", param: null, code };
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify({ error }));
    };
    const body = await bodyText(request);
    if (request.headers.authorization !== `Bearer ${key}`) return refuse(401, "invalid_api_key");
    if (request.url !== "/v1/chat/completions") return refuse(404, "unknown_url");
    const { model, messages, stream = false } = JSON.parse(body) as Ask;
    if (model === "busy") return refuse(429, "rate_limit_exceeded", { "retry-after": "7" });
    const words = (messages.at(-1)?.content ?? "").toUpperCase().split(" ");
    if (stream) await sendEvents(response, model, words);
    else {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(completion(model, words.join(" "))));
    }
  };
  const server = certificate ? https.createServer(certificate, handle) : http.createServer(handle);
  const listening = await listen(server);
  return { ...listening, baseUrl: `${certificate ? "https" : "http"}://127.0.0.1:${listening.port}/v1` };
}

const common = { id: "chatcmpl-1", created: 1_700_000_000 };

function completion(model: string, content: string) {
  const message = { role: "assistant", content, refusal: null };
  return {
    ...common,
    object: "chat.completion",
    model,
    choices: [{ index: 0, message, finish_reason: "stop", logprobs: null }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  };
}

async function sendEvents(
  response: http.ServerResponse,
  model: string,
  words: readonly string[],
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const [index, word] of words.entries()) {
    const delta = { content: index === 0 ? word : ` ${word}` };
    const choices = [{ index: 0, delta, finish_reason: null }];
    const chunk = JSON.stringify({ ...common, object: "chat.completion.chunk", model, choices });
    // Each event in two packets: a client has to put them together.
    response.write(`data: ${chunk.slice(0, 20)}`);
    await new Promise((resolve) => setImmediate(resolve));
    response.write(`${chunk.slice(20)}\n\n`);
  }
  response.end("data: [DONE]\n\n");
}
