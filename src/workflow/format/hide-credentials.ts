/** Names of headers and of parameters in an address whose values let somebody in: whoever gets the file is not to have them. */
const CREDENTIALS = /authorization|cookie|token|secret|password|api[-_]?key|session|credential|csrf|xsrf/i;

/** The part of an address at the gateway that only the workflow's owner is to know. */
const HOOK_TOKEN = /(\/hooks\/)[\w-]{43}/g;

/** Stands in a file where such a value stood. */
const LEFT_OUT = "left-out-of-the-file";

/**
 * The text of an event of an HTTP request without what lets somebody in: values of headers and parameters that hold credentials
 * (`Authorization`, `Cookie`, `?token=`, …), and the token of the workflow's own address. Text of any other event stays as it is.
 */
export function withoutCredentials(eventText: string): string {
  const event = parsed(eventText);
  if (!isObject(event) || !isObject(event.headers) || !("method" in event) || !("path" in event))
    return eventText;
  const hidden: Record<string, unknown> = { ...event, headers: hideValues(event.headers) };
  if (isObject(event.query)) hidden.query = hideValues(event.query);
  if (typeof event.url === "string") hidden.url = hideInAddress(event.url);
  const text = JSON.stringify(hidden, null, 2);
  return text === JSON.stringify(event, null, 2) ? eventText : text;
}

function hideValues(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      CREDENTIALS.test(name) ? LEFT_OUT : typeof value === "string" ? hideInAddress(value) : value,
    ]),
  );
}

function hideInAddress(text: string): string {
  return text
    .replace(HOOK_TOKEN, `$1${LEFT_OUT}`)
    .replace(/([?&])([^=&#\s]+)=([^&#\s]*)/g, (whole, mark: string, name: string) =>
      CREDENTIALS.test(name) ? `${mark}${name}=${LEFT_OUT}` : whole,
    );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
