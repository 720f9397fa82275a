"""An organisation's sign-in: an OpenID Connect provider that says of everybody what it is told to."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt

CLIENT_ID, SECRET = "finsam", "s" * 32


class IdentityProvider:
    """`claims` is what it says of the person; whoever comes is taken to have signed in there."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, Any] = {"sub": "1"}

    def answers(self, path: str) -> dict[str, Any]:
        if path.startswith("/.well-known/"):
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path.startswith("/token"):
            claims = {"iss": self.address, "aud": CLIENT_ID, "iat": time.time(), "exp": time.time() + 60}
            id_token = jwt.encode({**claims, **self.claims}, SECRET, algorithm="HS256")
            return {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": id_token}
        return self.claims

    @property
    def settings(self) -> dict[str, str]:
        """The variables an installation is given."""
        return {
            "OIDC_NAME": "Region Norrby",
            "OIDC_SERVER_URL": self.address,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": SECRET,
        }


@contextmanager
def running() -> Iterator[IdentityProvider]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.dumps(provider.answers(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815 - http.server's names

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = IdentityProvider(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
