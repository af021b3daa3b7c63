/** Composition root: builds the services once and mounts the app. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App, buildServices, ServicesProvider, StartFailure } from "./app/index.ts";
import "./ui/index.ts";

const container = document.getElementById("root");
if (!container) throw new Error("index.html has no element with the id root.");
const root = createRoot(container);

try {
  const services = await buildServices((message) => root.render(<StartFailure message={message} />));
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
