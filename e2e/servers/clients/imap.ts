import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import type { Certificate } from "../certificates.ts";
import { type Listening, listen } from "../listen.ts";
import { converse, type LineConversation } from "./lines.ts";
import type { MailLogin } from "./smtp.ts";

/** The mails of INBOX, as texts; they may change at any time. */
export type Inbox = () => readonly string[];

/** A mailbox server: with `secure` it speaks TLS from the first byte, else it offers STARTTLS. */
export async function startImap(
  login: MailLogin,
  inbox: Inbox,
  certificate: Certificate,
  { secure = false } = {},
): Promise<Listening> {
  const serve = (socket: net.Socket) => {
    socket.on("error", () => undefined);
    void session(socket, login, inbox, certificate);
  };
  return listen(secure ? tls.createServer(certificate, serve) : net.createServer(serve));
}

interface Command {
  readonly tag: string;
  readonly verb: string;
  readonly words: readonly string[];
}

async function session(start: net.Socket, login: MailLogin, inbox: Inbox, certificate: Certificate) {
  let talk = converse(start);
  let known = false;
  const capabilities = () => `IMAP4rev1 ${start instanceof tls.TLSSocket ? "" : "STARTTLS "}AUTH=PLAIN`;
  talk.say(`* OK [CAPABILITY ${capabilities()}] ready`);
  for (;;) {
    const command = await read(talk);
    if (!command) return;
    const { tag, verb, words } = command;
    const done = (text: string) => talk.say(`${tag} ${text}`);
    if (verb === "CAPABILITY") {
      talk.say(`* CAPABILITY ${capabilities()}`);
      done("OK done");
    } else if (verb === "NOOP") done("OK done");
    else if (verb === "LOGOUT") {
      talk.say("* BYE");
      done("OK done");
      return;
    } else if (verb === "STARTTLS") {
      done("OK go on");
      const secured = new tls.TLSSocket(talk.release(), { isServer: true, ...certificate });
      secured.on("error", () => undefined);
      await once(secured, "secure");
      talk = converse(secured);
    } else if (verb === "LOGIN") {
      known = words[0] === login.user && words[1] === login.password;
      done(known ? "OK done" : "NO [AUTHENTICATIONFAILED] wrong user name or password");
    } else if (!known) done("BAD log in first");
    else if (verb === "LIST") {
      talk.say('* LIST (\\HasNoChildren) "/" "INBOX"');
      talk.say('* LIST (\\HasNoChildren) "/" "Archive"');
      done("OK done");
    } else if (verb === "SELECT" || verb === "EXAMINE") {
      talk.say(`* ${inbox().length} EXISTS`);
      talk.say("* FLAGS (\\Seen \\Answered)");
      done(verb === "SELECT" ? "OK [READ-WRITE] done" : "OK [READ-ONLY] done");
    } else if (verb === "SEARCH") {
      talk.say(`* SEARCH ${search(inbox(), words).join(" ")}`.trimEnd());
      done("OK done");
    } else if (verb === "FETCH") {
      for (const number of numbers(words[0] ?? "", inbox().length)) {
        const mail = Buffer.from(inbox()[number - 1] ?? "");
        talk.say(`* ${number} FETCH (RFC822 {${mail.length}}\r\n${mail})`);
      }
      done("OK done");
    } else done("BAD not known here");
  }
}

/** A command with its literals (`{12}` at the end of a line: so many bytes follow) put in as words. */
async function read(talk: LineConversation): Promise<Command | null> {
  const words: string[] = [];
  for (;;) {
    const line = await talk.line();
    if (line === null) return null;
    const literal = /\{(\d+)\}$/.exec(line);
    for (const [word] of line.replace(/\{\d+\}$/, "").matchAll(/"(?:[^"\\]|\\.)*"|\S+/g))
      words.push(word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, "$1") : word);
    if (!literal) break;
    talk.say("+ go on");
    const bytes = await talk.bytes(Number(literal[1]));
    if (!bytes) return null;
    words.push(bytes.toString());
  }
  const [tag = "", verb = "", ...rest] = words;
  return { tag, verb: verb.toUpperCase(), words: rest };
}

/** ALL, or one of FROM, SUBJECT and TEXT with what it must hold. */
function search(mails: readonly string[], words: readonly string[]): number[] {
  const [key = "ALL", value = ""] = words;
  const header = (mail: string, name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(mail)?.[1] ?? "";
  return mails.flatMap((mail, index) => {
    const searched = key === "FROM" || key === "SUBJECT" ? header(mail, key) : mail;
    return searched.toLowerCase().includes(value.toLowerCase()) ? [index + 1] : [];
  });
}

/** `1`, `1:3`, `1,3` or `1:*`. */
function numbers(set: string, count: number): number[] {
  const at = (text: string) => (text === "*" ? count : Number(text));
  return set.split(",").flatMap((part) => {
    const [first = "1", last = first] = part.split(":");
    return Array.from({ length: at(last) - at(first) + 1 }, (_, index) => at(first) + index);
  });
}
