"""The AWS simulator: moto's server on loopback, with the extensions that Terraform's AWS provider needs and AWS's API models.

    python server.py PORT [--plain] [--certificate ARN]... [--exit-with-stdin] [--verbose]

PORT 0 lets the system choose; the chosen one is printed as ``listening on 127.0.0.1:PORT``, once requests are
answered. State is in memory and ends with the process. It binds to loopback only, since it has no
authentication.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading

LOOPBACK = "127.0.0.1"


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="An AWS simulator for Terraform, on loopback only.")
    parser.add_argument("port", type=int, help="port on 127.0.0.1; 0 lets the system choose")
    parser.add_argument("--plain", action="store_true", help="stock moto: no extension, no API models")
    parser.add_argument(
        "--certificate",
        action="append",
        default=[],
        metavar="ARN",
        help="an ACM certificate that exists before the first request (repeatable)",
    )
    parser.add_argument("--exit-with-stdin", action="store_true", help="stop when standard input ends: the parent died")
    parser.add_argument("--verbose", action="store_true", help="log each request on standard error")
    return parser.parse_args(arguments)


def stop_when_stdin_ends() -> None:
    """Stop the process when standard input ends, which is when the parent process has ended."""

    def watch() -> None:
        # Not sys.stdin: this thread would hold its lock, and the interpreter could not shut down.
        while os.read(0, 1024):
            pass
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def main(arguments: list[str]) -> None:
    """Install the extensions, seed the certificates and serve until stopped."""
    options = parse_arguments(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    if options.exit_with_stdin:
        stop_when_stdin_ends()
    if not options.verbose:
        logging.getLogger("werkzeug").setLevel(logging.WARNING)

    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    from compute import ComputeEndpoint
    from downloads import DownloadEndpoint
    from retries import RetryCache
    from seeds import seed_certificates

    application = DomainDispatcherApplication(create_backend_app)
    if not options.plain:
        from absent_services import AbsentServices
        from api_models import ApiModelJudge
        from extensions import install

        install()
        application = DownloadEndpoint(ComputeEndpoint(ApiModelJudge(AbsentServices(application))))
    seed_certificates(options.certificate)

    server = make_server(LOOPBACK, options.port, RetryCache(application), threaded=True)
    # moto sends some requests to itself and finds its own port here.
    os.environ["MOTO_PORT"] = str(server.server_port)
    print(f"listening on {LOOPBACK}:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
