"""How `make serve` runs Finsam on one's own machine. On a server: docs/operation.md."""

import os

from gunicorn.workers.base import Worker

PORT = os.environ.get("PORT", "8000")

wsgi_app = "finsam.wsgi:application"
bind = f"127.0.0.1:{PORT}"
workers = 1
threads = 8
loglevel = "warning"
# Otherwise a socket in the user's home folder, for a remote control that nothing here uses.
control_socket_disable = True


def post_worker_init(worker: Worker) -> None:
    """Said by the server when the application has started in it, so that it is true."""
    print(f"\nKlart. Öppna http://localhost:{PORT}  (Ctrl-C stänger av)\n", flush=True)
