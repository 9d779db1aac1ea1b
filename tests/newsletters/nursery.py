"""The process that forks workers; see `processes.Nursery`. Each line asks, each answer is a number.

`start`: the process id of a new worker, which sends what is due and ends. `look ID`: 1 where it
has ended. `wait ID`: its exit status, once it has ended.
"""

import os
import sys

import django


def work() -> None:
    """What a worker does: one run of the job that sends; it leaves with nothing cleaned up."""
    status = 1
    try:
        from newsletters.sending.worker import send_due

        send_due()
        status = 0
    finally:
        os._exit(status)


def main() -> None:
    django.setup()
    from newsletters.sending import worker  # noqa: F401  (what is loaded here need not be again)

    for line in sys.stdin:
        match line.split():
            case ["start"]:
                pid = os.fork()
                if pid == 0:
                    work()
                answer = pid
            case ["look", pid]:
                found = os.waitid(os.P_PID, int(pid), os.WEXITED | os.WNOHANG | os.WNOWAIT)
                answer = int(found is not None)
            case ["wait", pid]:
                answer = os.waitstatus_to_exitcode(os.waitpid(int(pid), 0)[1])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
