/** Made by the build (`build/index.ts`) out of `apps/*.json`. */
declare module "virtual:runnel-apps" {
  export const appSummaries: readonly import("./types.ts").AppSummary[];
}
