import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { Guard } from "./guard.ts";
import { FETCH_PATH, PACKAGES_PATH } from "./protocol.ts";

export interface RoutesOptions {
  readonly guard: Guard;
  readonly fetchRoute: (context: Context) => Promise<Response>;
  readonly packages: Hono;
  /** Null: there is no such file. */
  readonly files: (context: Context) => Promise<Response | null>;
}

/** Every route over plain HTTP. The Host header has been checked before any of them is reached. */
export function createRoutes({ guard, fetchRoute, packages, files }: RoutesOptions) {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.use("/api/*", async (context, next) => {
    const refusal = guard.refuseApi(context.env.incoming.headers);
    if (refusal) return new Response(refusal.message, { status: refusal.status });
    return next();
  });
  routes.post(FETCH_PATH, fetchRoute);
  routes.route(PACKAGES_PATH, packages);
  routes.all("/api/*", (context) => {
    return context.json({ code: "NotFound", message: "There is no such route." }, 404);
  });
  routes.on(["GET", "HEAD"], "*", async (context) => {
    return (await files(context)) ?? context.text("Not found.", 404);
  });
  routes.all("*", (context) => context.text("Only GET is possible here.", 405));
  return routes;
}
