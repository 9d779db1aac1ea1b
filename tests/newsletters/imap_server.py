"""A small IMAP server (RFC 3501), with as much of it as reading a mailbox takes.

It is spoken to by the standard library's own client, so what it gets wrong fails there.
"""

import re
import socketserver
import threading


class Mailbox(socketserver.ThreadingTCPServer):
    """`folders`: {name: {uid: mail}}; `deleted`: uids of INBOX that are to go."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mails: list[bytes], *, password: str) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.folders = {"INBOX": dict(enumerate(mails, start=1))}
        self.deleted: set[int] = set()
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
        match [word.upper() for word in words[:2]]:
            case ["CAPABILITY"]:
                self.say("* CAPABILITY IMAP4rev1")
            case ["LOGIN", *_]:
                if words[2].strip('"') != self.server.password:
                    self.say(f"{tag} NO wrong password")
                    return ""
            case ["SELECT", *_]:
                self.say(f"* {len(box)} EXISTS")
            case ["CREATE", *_]:
                self.server.folders.setdefault(words[1].strip('"'), {})
            case ["UID", "SEARCH"]:
                left = " ".join(str(uid) for uid in box if uid not in self.server.deleted)
                self.say(f"* SEARCH {left}".rstrip())
            case ["UID", "FETCH"]:
                uid, limit = int(words[2]), int(re.search(r"<0\.(\d+)>", command)[1])
                content = box[uid][:limit]
                self.say(f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(content)}}}")
                self.wfile.write(content)
                self.say(")")
            case ["UID", "STORE"]:
                self.server.deleted.add(int(words[2]))
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
