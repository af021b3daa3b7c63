import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../ui/index.ts";
import { App } from "./App.tsx";
import { buildServices, type EarlyServices } from "./build-services.ts";
import { StartFailure } from "./StartFailure.tsx";
import { ServicesProvider } from "./services.ts";

/** Opens the storage and shows the app, or says why it can't be opened. */
export async function mountApp(early: EarlyServices): Promise<void> {
  const container = document.getElementById("root");
  if (!container) throw new Error("index.html has no element with the id root.");
  const root = createRoot(container);
  try {
    const services = await buildServices(early, (message) => root.render(<StartFailure message={message} />));
    root.render(
      <StrictMode>
        <ServicesProvider value={services}>
          <App />
        </ServicesProvider>
      </StrictMode>,
    );
  } catch (error) {
    root.render(<StartFailure message={error instanceof Error ? error.message : String(error)} />);
  }
}
