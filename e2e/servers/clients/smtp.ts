import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import type { Certificate } from "../certificates.ts";
import { type Listening, listen } from "../listen.ts";
import { converse } from "./lines.ts";

/** A mail as it arrived. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  /** Who had logged in, null for nobody. */
  readonly user: string | null;
  readonly encrypted: boolean;
}

export interface MailLogin {
  readonly user: string;
  readonly password: string;
}

export interface SmtpServer extends Listening {
  readonly mails: readonly Mail[];
}

/** A mail server: with `secure` it speaks TLS from the first byte, else it offers STARTTLS. */
export async function startSmtp(
  login: MailLogin,
  certificate: Certificate,
  { secure = false } = {},
): Promise<SmtpServer> {
  const mails: Mail[] = [];
  const serve = (socket: net.Socket) => {
    socket.on("error", () => undefined);
    void session(socket, login, certificate, mails);
  };
  const server = secure ? tls.createServer(certificate, serve) : net.createServer(serve);
  return { ...(await listen(server)), mails };
}

async function session(start: net.Socket, login: MailLogin, certificate: Certificate, mails: Mail[]) {
  let encrypted = start instanceof tls.TLSSocket;
  let talk = converse(start);
  let user: string | null = null;
  let from = "";
  let to: string[] = [];
  talk.say("220 mail.test ready");
  for (;;) {
    const line = await talk.line();
    if (line === null) return;
    const [verb = "", rest = ""] = split(line);
    switch (verb) {
      case "EHLO":
        talk.say("250-mail.test");
        if (!encrypted) talk.say("250-STARTTLS");
        talk.say("250-AUTH PLAIN LOGIN");
        talk.say("250 SIZE 10000000");
        break;
      case "STARTTLS": {
        talk.say("220 go on");
        const secured = new tls.TLSSocket(talk.release(), { isServer: true, ...certificate });
        secured.on("error", () => undefined);
        await once(secured, "secure");
        talk = converse(secured);
        encrypted = true;
        break;
      }
      case "AUTH": {
        const given = rest.startsWith("PLAIN") ? plain(rest.slice(6)) : await loginByQuestions(talk, rest);
        if (given.user === login.user && given.password === login.password) {
          user = given.user;
          talk.say("235 welcome");
        } else talk.say("535 5.7.8 wrong user name or password");
        break;
      }
      case "MAIL":
        from = address(rest);
        to = [];
        talk.say("250 ok");
        break;
      case "RCPT":
        if (address(rest).endsWith("@nowhere.test")) talk.say("550 5.1.1 nobody of that name");
        else {
          to.push(address(rest));
          talk.say("250 ok");
        }
        break;
      case "DATA": {
        talk.say("354 end with a dot");
        const text = await mailText(talk);
        if (text === null) return;
        mails.push({ from, to, text, user, encrypted });
        talk.say("250 taken");
        break;
      }
      case "QUIT":
        talk.say("221 bye");
        return;
      case "NOOP":
      case "RSET":
        talk.say("250 ok");
        break;
      default:
        talk.say("502 not known here");
    }
  }
}

function split(line: string): string[] {
  const space = line.indexOf(" ");
  return space < 0 ? [line.toUpperCase()] : [line.slice(0, space).toUpperCase(), line.slice(space + 1)];
}

const address = (text: string) => /<([^>]*)>/.exec(text)?.[1] ?? "";
const decoded = (text: string) => Buffer.from(text, "base64").toString();

function plain(text: string): MailLogin {
  const [, user = "", password = ""] = decoded(text).split("\0");
  return { user, password };
}

async function loginByQuestions(talk: ReturnType<typeof converse>, rest: string): Promise<MailLogin> {
  let user = rest.slice("LOGIN ".length);
  if (user === "") {
    talk.say(`334 ${Buffer.from("Username:").toString("base64")}`);
    user = (await talk.line()) ?? "";
  }
  talk.say(`334 ${Buffer.from("Password:").toString("base64")}`);
  return { user: decoded(user), password: decoded((await talk.line()) ?? "") };
}

/** Lines up to the lone dot, without the dots that were put in front of others. */
async function mailText(talk: ReturnType<typeof converse>): Promise<string | null> {
  const lines: string[] = [];
  for (;;) {
    const line = await talk.line();
    if (line === null) return null;
    if (line === ".") return lines.join("\r\n");
    lines.push(line.startsWith("..") ? line.slice(1) : line);
  }
}
