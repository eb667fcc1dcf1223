"""The sentences for what goes wrong with a mail server, the same for every mail system: what it is, and the next step."""

from __future__ import annotations

import socket
import ssl

from ogsm_xl.letters.mail import one_line
from ogsm_xl.plan.words import Text
from ogsm_xl.post.secrets import Secret

_LONGEST_ANSWER = 200


def answer_of(server_said: bytes | str, secret: Secret) -> str:
    """What a server said, fit for a sentence: on one line, not too long, without the secret."""
    text = server_said.decode("utf-8", "replace") if isinstance(server_said, bytes) else server_said
    return one_line(secret.hidden_in(text), _LONGEST_ANSWER)


def unreachable(server: str, error: Exception) -> Text:
    """Why a server can't be talked to."""
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return _not_trusted(server, cause.verify_message)
            case ssl.SSLError():
                return Text(
                    f"Met {server} komt geen versleutelde verbinding tot stand ({cause.reason or 'TLS'}). Kloppen de poort en de soort versleuteling in config.toml?",
                    f"No encrypted connection with {server} is possible ({cause.reason or 'TLS'}). Are the port and the kind of encryption in config.toml right?",
                )
            case socket.gaierror():
                return Text(
                    f"De server {server} is niet te vinden. Klopt de naam in config.toml, en heeft deze machine netwerk?",
                    f"The server {server} can't be found. Is its name in config.toml right, and does this machine have a network?",
                )
            case ConnectionRefusedError():
                return Text(
                    f"De server {server} neemt geen verbinding aan. Klopt de poort in config.toml, en staat een firewall ertussen?",
                    f"The server {server} accepts no connection. Is the port in config.toml right, and is a firewall in between?",
                )
            case TimeoutError():
                return hangs(server)
    return Text(
        f"De verbinding met {server} is verbroken. Probeer het later weer; blijft het zo, vraag dan de beheerder van de mailserver.",
        f"The connection with {server} broke. Try again later; if it goes on, ask the administrator of the mail server.",
    )


def hangs(server: str) -> Text:
    """The server does not answer in time."""
    return Text(
        f"De server {server} antwoordt niet op tijd. Probeer het later weer; de langste wachttijd is timeout in config.toml.",
        f"The server {server} does not answer in time. Try again later; the longest wait is timeout in config.toml.",
    )


def wrong_login(server: str, user: str, answer: str) -> Text:
    """The server does not let this user in."""
    return Text(
        f"De server {server} laat {user} niet binnen: de naam of het wachtwoord klopt niet, of deze manier van aanmelden staat er uit ({answer}). Controleer het geheim en de instelling login.",
        f"The server {server} does not let {user} in: the name or password is wrong, or this way of logging in is switched off there ({answer}). Check the secret and the setting login.",
    )


def not_as_this_sender(sender: str, user: str, answer: str) -> Text:
    """The user may not send as this sender."""
    return Text(
        f"{user} mag niet versturen als {sender} ({answer}). Laat de beheerder dit recht geven (Verzenden als), of zet bij sender_address het adres van de mailbox zelf.",
        f"{user} may not send as {sender} ({answer}). Let the administrator give this right (Send As), or set sender_address to the mailbox's own address.",
    )


def recipients_refused(answers: dict[str, str]) -> Text:
    """The server does not take mail for these addresses."""
    listed = "; ".join(f"{address}: {answer}" for address, answer in answers.items())
    return Text(
        f"De mailserver neemt geen mail aan voor {listed}. Verbeter het adres op het blad Personen. Er is niets verstuurd.",
        f"The mail server takes no mail for {listed}. Mend the address on the sheet People. Nothing was sent.",
    )


def refused(server: str, answer: str) -> Text:
    """The server refuses the mail, for good."""
    return Text(
        f"De server {server} weigert de mail ({answer}). Vraag de beheerder van de mailserver.",
        f"The server {server} refuses the mail ({answer}). Ask the administrator of the mail server.",
    )


def refused_request(server: str, answer: str) -> Text:
    """The server refuses something else than a mail."""
    return Text(
        f"De mailserver {server} weigert een opdracht ({answer}). Probeer het later weer; blijft het zo, vraag dan de beheerder van de mailserver.",
        f"The mail server {server} refuses a request ({answer}). Try again later; if it goes on, ask the administrator of the mail server.",
    )


def busy(server: str, answer: str) -> Text:
    """The server wants to be left alone for a while."""
    return Text(
        f"De server {server} vraagt om later terug te komen ({answer}). De volgende keer wordt het weer geprobeerd.",
        f"The server {server} asks to come back later ({answer}). It is tried again next time.",
    )


def maybe_sent(server: str, answer: str) -> Text:
    """The connection ended between handing the mail over and hearing that it was taken."""
    return Text(
        f"Onzeker of {server} de mail heeft aangenomen ({answer}). Hij gaat niet vanzelf opnieuw.",
        f"Uncertain whether {server} took the mail ({answer}). It is not sent again by itself.",
    )


def no_folder(server: str, folder: str, answer: str) -> Text:
    """A mail folder is missing and can't be made."""
    return Text(
        f"De map {folder} in de mailbox op {server} kan niet worden geopend of gemaakt ({answer}). Klopt de naam in config.toml, en mag deze gebruiker mappen maken?",
        f"The folder {folder} in the mailbox on {server} can't be opened or made ({answer}). Is its name in config.toml right, and may this user make folders?",
    )


def never_reached(error: BaseException) -> bool:
    """Whether an error comes from a connection that was never made: nothing can have gone over it."""
    refused = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
    names = {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError"}  # of urllib3, under requests
    return any(isinstance(cause, refused) or type(cause).__name__ in names for cause in _causes(error))


def timed_out(error: BaseException) -> bool:
    """Whether an error comes from a server that did not answer in time."""
    return any(isinstance(cause, TimeoutError) for cause in _causes(error))


def _not_trusted(server: str, reason: str) -> Text:
    return Text(
        f"Het certificaat van {server} wordt niet vertrouwd ({reason}). Heeft de organisatie een eigen certificaatautoriteit, zet haar certificaat dan bij ca_file in config.toml; de controle gaat niet uit.",
        f"The certificate of {server} is not trusted ({reason}). If your organisation has a certificate authority of its own, set ca_file in config.toml to its certificate; the check is not switched off.",
    )


def _causes(error: BaseException) -> list[BaseException]:
    """An error and all that it came from, outermost first: libraries wrap what the system said."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting and len(found) < 50:
        current = waiting.pop(0)
        found.append(current)
        inner = [getattr(current, "reason", None), *current.args, current.__cause__, current.__context__]
        waiting += [cause for cause in inner if isinstance(cause, BaseException) and cause not in found]
    return found
