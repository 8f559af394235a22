"""What the contents of papers share: plain JSON types only. Each paper adds its own fields.

Conventions for every field:

- Text is NFC Vietnamese, without mark-up. "" means "not given": the line or the part is left out.
- A figure is an exact decimal as text ("1234.5"); papers print it the Vietnamese way ("1.234,5").
  Any other text in a figure's place ("Đạt") is printed as it is. "" is blank, which is not "0".
- A date is ISO text ("2023-02-10"), a time "2023-02-10T08:00" (wall clock of the place), or "".
- A legal basis, recipient or list item is written without its closing ";" or ".": the paper adds
  them.
- All keys are obligatory, so that a forgotten one fails at once (`conform`).
"""

from typing import TypedDict


class Heading(TypedDict):
    """The issuing head, NĐ 30 Phụ lục I boxes 1 to 4."""

    superior: str
    """The body directly above ("ỦY BAN NHÂN DÂN HUYỆN HẢI HẬU"), upper case; "" = none."""
    issuer: str
    """The issuing body, upper case ("ỦY BAN NHÂN DÂN XÃ HẢI QUANG", "VÙNG THI ĐUA QUANG ĐÔNG")."""
    number: str
    """Blank ("") on every frozen paper: the records clerk enters it later, beside the frozen
    bytes.
    """
    symbol: str
    """"BĐK-UBND", "GƯ-CTĐ"; "" = the paper carries no number line at all."""
    place: str
    """"Hải Quang"."""
    day: str
    """"10" or "" (printed as open room); no leading zero needed, the paper adds it by the rule."""
    month: str
    year: str
    """"2023"; never blank."""


class Signatory(TypedDict):
    """One signature cell: authority and office above, room for ink and seal, the name below.

    KT. in a body with TM. is `authority="TM."`, `organisation="ỦY BAN NHÂN DÂN"`,
    `acting="KT. CHỦ TỊCH"`, `title="PHÓ CHỦ TỊCH"`; Q. the same with `title="Q. CHỦ TỊCH"`.
    TL. and TUQ. stand alone: `acting="TL. CHỦ TỊCH"`, `title="CHÁNH VĂN PHÒNG"`.
    """

    cell: str
    """The id of the cell, "sig-1" …, unique in the paper; its rectangle is given back by the
    renderer.
    """
    authority: str
    """"TM.", "KT.", "Q.", "TL.", "TUQ." or ""."""
    organisation: str
    """What follows the authority ("ỦY BAN NHÂN DÂN XÃ HẢI QUANG"); "" = no such line."""
    acting: str
    """A whole second line such as "KT. CHỦ TỊCH"; usually ""."""
    title: str
    """The office, upper case: "CHỦ TỊCH"."""
    name: str
    """Name only, no academic title; "" = room for it is left."""


class Witness(TypedDict):
    """Who attests; recorded by default, signs only where a cell is set."""

    name: str
    title: str
    organisation: str
    signatory: Signatory | None


class PaperContent(TypedDict):
    """What every paper has."""

    schema: int
    """The version of the paper's schema, `Paper.schema_version`."""
    year: int
    """The emulation year."""
    type_name: str
    """Upper case: "BẢN GIAO ƯỚC THI ĐUA"."""
    subject: str
    """"Năm 2023"; printed below the type."""
    title: str
    """Title of the file, not printed: "Bản giao ước thi đua vùng Quang Đông năm 2023"."""
    author: str
    """The issuing body, for the file's metadata."""
    heading: Heading
    bases: list[str]
    """"Căn cứ Hướng dẫn số 19/HD-UBND ngày 07 tháng 02 năm 2023 của …"."""
    opening: list[str]
    """Paragraphs after the bases."""
    recipients: list[str]
    """Nơi nhận, the last one "Lưu: VT"; [] = the block is left out."""
    draft: bool
    """Prints DỰ THẢO."""
    illustrative: bool
    """Prints "Số liệu minh họa"."""
    short_code: str
    """Printed beside the QR; "" = none."""
    public_url: str
    """The whole address of this paper's public page; "" = no QR."""
    show_qr: bool
