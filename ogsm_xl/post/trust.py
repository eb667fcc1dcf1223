"""Which servers are trusted: those that the machine trusts and, where there is one, the organisation's own authority.

The same for every mail system; the verification is never switched off.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any, ClassVar

import requests
from requests.adapters import HTTPAdapter

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text


def trusting(ca_file: Path | None) -> ssl.SSLContext:
    """The machine's trusted certificates and those of a file.

    Raises:
        InputProblem: The file can't be read or holds no certificate.
    """
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # what ssl raises for a file that holds no certificate is one, too
            raise InputProblem(
                Text(
                    f"Het certificaatbestand {ca_file} (ca_file) kan niet worden gelezen ({error.strerror or error}). Zet er het certificaat van de certificaatautoriteit in, als PEM.",
                    f"The certificate file {ca_file} (ca_file) can't be read ({error.strerror or error}). Put the authority's certificate into it, as PEM.",
                )
            ) from None
    return context


class TrustingAdapter(HTTPAdapter):
    """HTTPS as `context` says; made for one context by `adapter_for`."""

    context: ClassVar[ssl.SSLContext]

    def init_poolmanager(self, *arguments: Any, **options: Any) -> Any:
        """Hand the context to the connections to servers."""
        return super().init_poolmanager(*arguments, ssl_context=self.context, **options)

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> Any:
        """Hand the context to the connections through a proxy."""
        return super().proxy_manager_for(*arguments, ssl_context=self.context, **options)


def adapter_for(ca_file: Path | None) -> type[TrustingAdapter]:
    """An adapter of requests that trusts as `trusting` says."""
    return type("TrustingAdapter", (TrustingAdapter,), {"context": trusting(ca_file)})


def session_trusting(ca_file: Path | None) -> requests.Session:
    """A session of requests that trusts as `trusting` says. It tries nothing twice by itself."""
    session = requests.Session()
    session.mount("https://", adapter_for(ca_file)())
    return session
