"""Gunicorn's settings, for a first look, the load tests and production alike.

Change them through the environment: PORT or BIND, WEB_CONCURRENCY (processes), WEB_THREADS,
WEB_MAX_REQUESTS.
"""

import os
from pathlib import Path

wsgi_app = "participation.wsgi:application"
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"

# Threads, so that a browser's idle connections and slow uploads do not hold up a process.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
keepalive = 15
timeout = 60
graceful_timeout = 20

# Loaded once, before the processes are forked: a quicker start and less memory.
preload_app = True
# A process begins anew now and then, so that a leak in a C library stays small.
max_requests = int(os.environ.get("WEB_MAX_REQUESTS") or 100_000)
max_requests_jitter = max_requests // 10

# No access log: it would keep the addresses of those who answer surveys.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def when_ready(server) -> None:
    """Import the address tables before forking, so that no first visitor waits for them."""
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
