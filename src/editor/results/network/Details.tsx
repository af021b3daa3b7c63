import { Copy, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton, Tabs } from "../../../ui/index.ts";
import { copy } from "../clipboard.ts";
import { withMarks } from "../marks.tsx";
import shared from "../results.module.css";
import { BodyView } from "./BodyView.tsx";
import { curlCommand } from "./curl.ts";
import styles from "./details.module.css";
import type { NetworkEntry } from "./entries.ts";
import { Facts } from "./Facts.tsx";
import { HeaderList } from "./HeaderList.tsx";

export interface DetailsProps {
  readonly entry: NetworkEntry;
  readonly onClose: () => void;
}

/** One entry of the network table, whole. */
export function Details({ entry, onClose }: DetailsProps) {
  const { connection, exchange, method, url } = entry;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section in every card would crowd the list of landmarks
    <div className={styles.details} role="group" aria-label={`Details of ${method} ${url}`}>
      <div className={styles.detailsHead}>
        <strong className={styles.detailsTitle}>
          {withMarks(method)} {withMarks(url)}
        </strong>
        <IconButton size="s" label="Close details" shortcut="Esc" icon={<X size={14} />} onClick={onClose} />
      </div>
      <div className={styles.detailsTools}>
        {exchange?.request?.headers && (
          <Button
            size="s"
            variant="ghost"
            onClick={() => void copy(curlCommand(connection, exchange), "curl command")}
          >
            <Copy size={13} aria-hidden /> Copy as curl
          </Button>
        )}
        <Button size="s" variant="ghost" onClick={() => void copy(url, exchange ? "URL" : "address")}>
          <Copy size={13} aria-hidden /> {exchange ? "Copy URL" : "Copy address"}
        </Button>
      </div>
      {exchange === null ? <Facts entry={entry} /> : <ExchangeTabs entry={entry} exchange={exchange} />}
    </div>
  );
}

interface ExchangeTabsProps {
  readonly entry: NetworkEntry;
  readonly exchange: NonNullable<NetworkEntry["exchange"]>;
}

type TabId = "headers" | "request" | "response";

function ExchangeTabs({ entry, exchange }: ExchangeTabsProps) {
  const [tab, setTab] = useState<TabId>("headers");
  const { request, response } = exchange;
  const gone = (
    <p className={shared.nothing}>
      Headers and bodies aren't kept for this result. Test the step again to see them.
    </p>
  );
  const noAnswer = <p className={shared.nothing}>There was no answer.</p>;
  return (
    <Tabs<TabId>
      label="Parts of the request"
      selected={tab}
      onSelect={setTab}
      tabs={[
        {
          id: "headers",
          label: "Headers",
          panel: (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            <div className={styles.pane} tabIndex={0}>
              <Facts entry={entry} />
              {request === null && gone}
              {response && <HeaderList title="Response headers" headers={response.headers} />}
              {request && <HeaderList title="Request headers" headers={request.headers} />}
            </div>
          ),
        },
        {
          id: "request",
          label: "Request",
          panel: request ? <BodyView title="Request body" body={request.body} /> : gone,
        },
        {
          id: "response",
          label: "Response",
          panel: response ? (
            <BodyView title="Response body" body={response.body} />
          ) : exchange.status === null ? (
            noAnswer
          ) : (
            gone
          ),
        },
      ]}
    />
  );
}
