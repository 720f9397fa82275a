"""How gunicorn runs Finsam on a server: `gunicorn --config docs/operation/gunicorn.conf.py`.

The environment says how many processes (WEB_CONCURRENCY) with how many threads each (WEB_THREADS), and where
they listen (WEB_BIND) when systemd does not hand over a socket of its own. See docs/operation.md.
"""

import os

wsgi_app = "finsam.wsgi:application"
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")

# A page is mostly arithmetic: a process for each core, and threads for those who wait for the database.
workers = int(os.environ.get("WEB_CONCURRENCY", os.cpu_count() or 2))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))

# Seconds. A process whose main thread is silent is replaced; a request is bounded by the database's limit.
timeout = 60
graceful_timeout = 30  # what is being answered when the server is stopped is answered first
keepalive = 65  # longer than the proxy keeps a connection, so that it is the proxy that closes it
os.environ.setdefault("DATABASE_SECONDS", "30")

# A process is replaced now and then, not all at once: what leaks in a library does not grow for ever.
max_requests = 5_000
max_requests_jitter = 500

control_socket_disable = True

if os.path.isdir("/dev/shm"):  # noqa: PTH112, S108 - the heartbeat, which must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108

# Finsam itself notes each request (finsam.request), with its id; the server only what it does itself.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "finsam.log_format.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
