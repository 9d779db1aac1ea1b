"""Mails as mail servers send them back: made here after RFC 3464 and RFC 5965."""

from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import Parser


def _report(kind: str, to: str, fields: str, original: str) -> MIMEMultipart:
    outer = MIMEMultipart("report", report_type=kind.removeprefix("message/"))
    outer["From"] = "MAILER-DAEMON@mx.example.nl"
    outer["To"] = to
    outer["Subject"] = "Undelivered Mail Returned to Sender"
    outer.attach(MIMEText("This is the mail system. I'm sorry."))
    status = Message()
    status.set_type(kind)
    del status["MIME-Version"]
    if kind == "message/delivery-status":
        status.set_payload([Parser().parsestr(block) for block in fields.split("\n\n")])
    else:
        status.set_payload([Parser().parsestr(fields)])
    outer.attach(status)
    headers = MIMEText(original)
    headers.replace_header("Content-Type", "text/rfc822-headers")
    outer.attach(headers)
    return outer


def dsn(to: str, *, action="failed", status="5.1.1", words="550 5.1.1 No such user", original=""):
    """A delivery status notification, as bytes."""
    fields = (
        "Reporting-MTA: dns; mx.example.nl\n\n"
        "Final-Recipient: rfc822; iemand@example.nl\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {words}\n"
    )
    return _report("message/delivery-status", to, fields, original).as_bytes()


def complaint(to: str, *, original: str, kind="abuse"):
    """A feedback report of a mail provider, as bytes."""
    fields = f"Feedback-Type: {kind}\nUser-Agent: Mailprovider/1.0\nVersion: 1\n"
    return _report("message/feedback-report", to, fields, original).as_bytes()


def away(to: str) -> bytes:
    """What a mailbox answers whose owner is on holiday."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "iemand@example.nl", to, "Afwezig"
    message["Auto-Submitted"] = "auto-replied"
    message.set_content("Ik ben er volgende week weer.")
    return message.as_bytes()
