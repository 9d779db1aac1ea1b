"""A small IMAP server (RFC 3501), with as much of it as reading a mailbox takes.

It is spoken to by the standard library's own client, so what it gets wrong fails there.
"""

import re
import socketserver
import threading


class Mailbox(socketserver.ThreadingTCPServer):
    """`folders`: {name: {uid: mail}}; `deleted`: uids of INBOX that are to go; `flagged`: those
    for a person to look at; `takes_copies`: whether a mail can be copied to another folder.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mails: list[bytes], *, password: str, takes_copies=True) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.folders = {"INBOX": dict(enumerate(mails, start=1))}
        self.deleted: set[int] = set()
        self.flagged: set[int] = set()
        self.takes_copies = takes_copies
        self.passwords: list[str] = []
        self.changes: list[str] = []
        self.bodies_read = False
        self.password = password

    @property
    def port(self) -> int:
        return self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc):
        self.shutdown()
        self.server_close()


class _Session(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline().decode():
            tag, command = line.strip().split(" ", 1)
            if self.obey(tag, command) == "bye":
                return

    def obey(self, tag: str, command: str) -> str:
        box = self.server.folders["INBOX"]
        words = command.split()
        if re.match("UID (STORE|COPY)|EXPUNGE|CREATE", command):
            self.server.changes.append(command)
        match [word.upper() for word in words[:2]]:
            case ["CAPABILITY"]:
                self.say("* CAPABILITY IMAP4rev1")
            case ["LOGIN", *_]:
                self.server.passwords.append(words[2].strip('"'))
                if words[2].strip('"') != self.server.password:
                    self.say(f"{tag} NO wrong password")
                    return ""
            case ["SELECT" | "EXAMINE", *_]:
                self.say(f"* {len(box)} EXISTS")
            case ["CREATE", *_]:
                self.server.folders.setdefault(words[1].strip('"'), {})
            case ["UID", "SEARCH"]:
                passed = self.server.deleted if "UNDELETED" in words else set()
                passed = passed | (self.server.flagged if "UNFLAGGED" in words else set())
                left = " ".join(str(uid) for uid in box if uid not in passed)
                self.say(f"* SEARCH {left}".rstrip())
            case ["UID", "FETCH"]:
                uid, limit = int(words[2]), int(re.search(r"<0\.(\d+)>", command)[1])
                content = box[uid][:limit]
                if "HEADER" in command:
                    content = content.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
                else:
                    self.server.bodies_read = True
                self.say(f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(content)}}}")
                self.wfile.write(content)
                self.say(")")
            case ["UID", "STORE"]:
                flags = self.server.deleted if "Deleted" in command else self.server.flagged
                flags.add(int(words[2]))
            case ["UID", "COPY"] if not self.server.takes_copies:
                self.say(f"{tag} NO [TRYCREATE] no such folder")
                return ""
            case ["UID", "COPY"]:
                self.server.folders[words[3].strip('"')][int(words[2])] = box[int(words[2])]
            case ["EXPUNGE"]:
                for uid in self.server.deleted:
                    box.pop(uid, None)
            case ["LOGOUT"]:
                self.say("* BYE")
                self.say(f"{tag} OK done")
                return "bye"
            case _:
                self.say(f"{tag} BAD what?")
                return ""
        self.say(f"{tag} OK done")
        return ""
