import { expect, test } from "../product.ts";
import { startImap } from "../servers/clients/imap.ts";
import { startSmtp } from "../servers/clients/smtp.ts";
import { clients, expectLines, oneStep } from "./libraries.ts";

test.use(oneStep);

const login = { user: "ada@mail.test", password: "pass word" };

test(
  "smtplib sends plain, with STARTTLS and over TLS; imaplib finds and reads what came",
  clients,
  async ({ runnel, page, authority }) => {
    const certificate = await authority.issue(["localhost"]);
    const smtp = await startSmtp(login, certificate);
    const secure = await startSmtp(login, certificate, { secure: true });
    const inbox = () => [...smtp.mails, ...secure.mails].map(({ text }) => text);
    const imap = await startImap(login, inbox, certificate);
    const secureImap = await startImap(login, inbox, certificate, { secure: true });
    await expectLines(
      { runnel, page },
      `import imaplib
import smtplib
import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage

LOGIN = ("${login.user}", "${login.password}")

def mail(subject):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ada@mail.test", "bob@mail.test", subject
    message.set_content("Grüße\\n.starts with a dot\\n")
    message.add_attachment(b"\\0\\1" * 5000, maintype="application", subtype="x-thing", filename="thing.bin")
    return message

def send():
    with smtplib.SMTP("localhost", ${smtp.port}, timeout=10) as server:
        server.send_message(mail("Plain"))
        try:
            server.login(LOGIN[0], "wrong")
        except smtplib.SMTPAuthenticationError as error:
            print("refused", error.smtp_code)
        server.starttls(context=ssl.create_default_context())
        server.login(*LOGIN)
        server.send_message(mail("Upgraded"))
        try:
            server.sendmail("ada@mail.test", ["x@nowhere.test"], "text")
        except smtplib.SMTPRecipientsRefused as error:
            print("nobody", error.recipients["x@nowhere.test"][0])
    with smtplib.SMTP_SSL("localhost", ${secure.port}, timeout=10, context=ssl.create_default_context()) as server:
        server.login(*LOGIN)
        server.send_message(mail("Secure"))

def handler(pd: "pipedream"):
    send()
    with imaplib.IMAP4("localhost", ${imap.port}, timeout=10) as server:
        server.starttls(ssl.create_default_context())
        server.login(*LOGIN)
        print("folders", [line.decode().split()[-1] for line in server.list()[1]])
    with imaplib.IMAP4_SSL("localhost", ${secureImap.port}) as server:
        server.login(*LOGIN)
        print("mails", server.select("INBOX")[1])
        found = server.search(None, "SUBJECT", '"Secure"')[1][0]
        message = message_from_bytes(server.fetch(found, "(RFC822)")[1][0][1], policy=policy.default)
        print("read", found, message["Subject"], message.get_body().get_content().splitlines(),
              [len(part.get_content()) for part in message.iter_attachments()])
`,
      [
        "refused 535",
        "nobody 550",
        `folders ['"INBOX"', '"Archive"']`,
        "mails [b'3']",
        "read b'3' Secure ['Grüße', '.starts with a dot'] [10000]",
      ],
    );
    const told = [...smtp.mails, ...secure.mails].map(({ user, encrypted, to }) => [user, encrypted, ...to]);
    expect(told).toEqual([
      [null, false, "bob@mail.test"],
      [login.user, true, "bob@mail.test"],
      [login.user, true, "bob@mail.test"],
    ]);
    await Promise.all([smtp, secure, imap, secureImap].map((server) => server.close()));
  },
);
