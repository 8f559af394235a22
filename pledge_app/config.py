"""One typed Settings, read from the environment; what is missing is said at start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from pledge_app.kernel.actor import Role
from pledge_app.kernel.numbers import whole_number

VERSION = "0.1.0"
MEBIBYTE = 1024 * 1024


class SettingsError(RuntimeError):
    """A setting is missing or wrong; the message says which and how to set it."""


@dataclass(frozen=True)
class MailSettings:
    """The office's mail server. `security`: starttls, tls, or none (a server on this machine
    only).
    """

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    """Where the data lies and how the world reaches the office.

    `public_url` empty: papers carry no QR and the cookie is a plain loopback one.
    """

    database_url: str
    data_dir: Path
    secret_key: str = field(repr=False)
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    port: int = 8000
    behind_proxy: bool = (
        False  # our own nginx says who asks (X-Forwarded-For); otherwise nobody is believed
    )
    mail: MailSettings | None = None  # None: no letters are sent
    anchors: Path | None = None  # where the head of the trail is kept daily; None: in data_dir
    anchor_mail: tuple[str, ...] = ()  # the offices that it is sent to
    second_factor_roles: frozenset[str] = frozenset()  # who must have one: "admin", "leader", …

    @property
    def https(self) -> bool:
        """True when users come over HTTPS: the cookie is then `__Host-` and Secure."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def backup_dir(self) -> Path:
        """Where every backup goes, and where the newest one is looked for."""
        return self.data_dir / "backups"

    @property
    def anchor_dir(self) -> Path:
        """Where the head of the trail is kept every day; best on another machine."""
        return self.anchors or self.data_dir / "anchors"

    def flask(self) -> dict[str, object]:
        """These settings as Flask and its extensions want them."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SESSION_COOKIE_NAME": "__Host-form" if self.https else "form",
            "SESSION_COOKIE_SECURE": self.https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "WTF_CSRF_TIME_LIMIT": None,
            # wants a Referer, and a proxy may take it away
            "WTF_CSRF_SSL_STRICT": False,
            "MAX_CONTENT_LENGTH": 4 * MEBIBYTE,  # uploads raise it for their own route
            "MAX_FORM_MEMORY_SIZE": 4 * MEBIBYTE,
            "MAX_FORM_PARTS": 8000,  # 200 criteria × 12 fields × 3
            "TRUSTED_HOSTS": list(self.trusted_hosts) or None,
            "COMPRESS_ALGORITHM": ["gzip"],  # every browser and every proxy of an office knows it
            "COMPRESS_ALGORITHM_STREAMING": ["gzip"],
            "COMPRESS_LEVEL": 4,
            "COMPRESS_REGISTER": False,  # ui.compressing decides
            "COMPRESS_MIMETYPES": [
                "text/html",
                "text/css",
                "text/javascript",
                "image/svg+xml",
                "application/json",
            ],
            "BABEL_DEFAULT_LOCALE": "vi",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
            "SETTINGS": self,
        }


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment (see docs/operations.md); raises SettingsError."""
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("DATA_DIR", "instance")).resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    public_url = env.get("PUBLIC_URL", "").rstrip("/")
    if public_url and urlsplit(public_url).scheme not in {"http", "https"}:
        raise SettingsError("PUBLIC_URL phải bắt đầu bằng https:// (hoặc http:// khi chạy thử).")
    try:
        port = int(env.get("PORT", "8000"))
    except ValueError as error:
        raise SettingsError("PORT phải là một số, ví dụ 8000.") from error
    asked = env.get("SECOND_FACTOR_ROLES", "")
    factor_roles = frozenset(part.strip() for part in asked.split(",") if part.strip())
    if not factor_roles <= set(Role):
        known = ", ".join(Role)
        raise SettingsError(f"SECOND_FACTOR_ROLES chỉ gồm các vai trò: {known}.")
    url = env.get("DATABASE_URL", f"sqlite:///{data_dir / 'pledge.sqlite'}")
    return Settings(
        database_url=url.replace(
            "postgresql://",
            "postgresql+psycopg://",
            1,
        ),
        data_dir=data_dir,
        secret_key=_secret_key(env, data_dir),
        public_url=public_url,
        trusted_hosts=tuple(name for name in env.get("TRUSTED_HOSTS", "").split(",") if name),
        port=port,
        behind_proxy=env.get("BEHIND_PROXY", "").strip() == "1",
        mail=_mail(env),
        anchors=Path(env["ANCHOR_DIR"]).resolve() if env.get("ANCHOR_DIR") else None,
        anchor_mail=tuple(part.strip() for part in env.get("ANCHOR_MAIL", "").split(",") if part),
    )


def _mail(env: Mapping[str, str]) -> MailSettings | None:
    host, security = (
        env.get("SMTP_HOST", "").strip(),
        env.get("SMTP_SECURITY", "starttls").strip().lower(),
    )
    if not host:
        return None
    usual = {
        "starttls": "587",
        "tls": "465",
        "none": "25",
    }
    if security not in usual:
        raise SettingsError("SMTP_SECURITY phải là starttls, tls hoặc none.")
    if security == "none" and host not in {"localhost", "127.0.0.1", "::1"}:
        raise SettingsError("SMTP_SECURITY=none chỉ dùng với máy chủ thư trên chính máy này.")
    port = whole_number(env.get("SMTP_PORT", usual[security]))
    sender = env.get("MAIL_FROM", "").strip()
    if port is None or not 0 < port < 65536:
        raise SettingsError("SMTP_PORT phải là một số, ví dụ 587.")
    if sender.count("@") != 1 or not sender.isprintable() or " " in sender:
        raise SettingsError("MAIL_FROM phải là một địa chỉ thư, ví dụ thidua@haiquang.gov.vn.")
    return MailSettings(
        host,
        port,
        sender,
        security,
        env.get("SMTP_USER", ""),
        env.get("SMTP_PASSWORD", ""),
    )


def _secret_key(env: Mapping[str, str], data_dir: Path) -> str:
    given = env.get("SECRET_KEY")
    if given is None:
        return _kept_secret(data_dir / "secret_key")
    if len(given) < 32:
        raise SettingsError("SECRET_KEY phải dài ít nhất 32 ký tự.")
    return given


def _kept_secret(path: Path) -> str:
    """The secret of this data directory, made once and readable by its owner alone."""
    try:
        descriptor = os.open(
            path,
            os.O_WRONLY | os.O_CREAT | os.O_EXCL,
            0o600,
        )
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(
        descriptor,
        "w",
        encoding="ascii",
    ) as file:
        file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii")
