"""The frozen content of each paper, schema version 2: plain JSON types only. `upcast` reads
version 1.

Conventions for every field:

- Text is NFC Vietnamese, without mark-up. "" means "not given": the line or the part is left out. -
A figure is an exact decimal as text ("1234.5"); papers print it the Vietnamese way ("1.234,5"). Any
other text in a figure's place ("Đạt") is printed as it is. "" is blank, which is not "0". - A date
is ISO text ("2023-02-10"), a time "2023-02-10T08:00" (wall clock of the place), or "". - A legal
basis, recipient or list item is written without its closing ";" or ".": the paper adds them. - All
keys are obligatory, so that a forgotten one fails at once (`conform` in `content.py`).
"""

from typing import Literal, TypedDict

SCHEMA_VERSION = 2
TEMPLATE_VERSION = 2
"""Raised when a change of template, style or writer would change the bytes of a paper already
frozen.

The files of every earlier version stay in templates/pdf/v<n>; a paper is printed by its own
(layouts.LAYOUTS).
"""

Kind = Literal["registration", "agreement", "minutes", "quarter_report"]
KINDS: tuple[Kind, ...] = ("registration", "agreement", "minutes", "quarter_report")


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


class Party(TypedDict):
    """A unit that signs, through a body and its 1..n signatories."""

    unit: str
    """"xã Hải Quang"."""
    short: str
    """The head of its column in the table of criteria: "Hải Quang"."""
    body: str
    """"Ủy ban nhân dân xã Hải Quang"."""
    representatives: list[str]
    """One line each: "Ông Nguyễn Văn A, Chủ tịch Ủy ban nhân dân xã"."""
    signatories: list[Signatory]


class Witness(TypedDict):
    """Who attests; recorded by default, signs only where a cell is set."""

    name: str
    title: str
    organisation: str
    signatory: Signatory | None


class Campaign(TypedDict):
    """One quarter's drive (đợt thi đua)."""

    quarter: int
    """1 to 4."""
    theme: str
    """Quoted by the paper; "" = none, never invented."""
    anniversaries: list[str]
    """Whole phrases: "kỷ niệm 93 năm Ngày thành lập Đảng Cộng sản Việt Nam"."""
    starts_on: str
    ends_on: str
    contents: list[str]


class CriterionRow(TypedDict):
    code: str
    name: str
    unit: str
    """Unit of measure: "%", "triệu đồng/người/năm"."""
    values: list[str]
    """One figure per party, in the order of `parties`."""


class CriterionGroup(TypedDict):
    code: str
    """"I", "II"."""
    name: str
    rows: list[CriterionRow]


class PaperContent(TypedDict):
    """What every paper has."""

    schema: int
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


class AgreementContent(PaperContent):
    """Bản giao ước thi đua of a cluster."""

    parties: list[Party]
    """1 to 13 and more; each gets a column of figures and its signature cells."""
    witnesses: list[Witness]
    contents_intro: list[str]
    """Paragraphs at the head of I. Nội dung thi đua."""
    campaigns: list[Campaign]
    criteria_intro: list[str]
    groups: list[CriterionGroup]
    criteria_notes: list[str]
    """Lines under the table, such as how hamlets are counted."""
    measures: list[str]
    organisation: list[str]
    commitment: list[str]
    """What the parties promise each other, and from when it holds; since version 2."""
    copies: str
    """"Bản giao ước này được lập thành 06 bản, có giá trị như nhau …"."""


class RegistrationCampaign(TypedDict):
    name: str
    objective: str
    launched: str
    """Date, or text such as "Quý I"."""
    closed: str


class RegistrationRow(TypedDict):
    code: str
    name: str
    unit: str
    goal: str
    """Kế hoạch năm = the unit's own goal."""
    assigned: str
    """The figure handed down; "" = none. Printed in Ghi chú."""
    reason: str
    """Why the goal is lower than assigned; "" = it is not."""
    note: str


class RegistrationGroup(TypedDict):
    code: str
    name: str
    rows: list[RegistrationRow]


class RegisteredTitle(TypedDict):
    name: str
    """"Tập thể Lao động xuất sắc"."""
    candidate: str
    """For whom: a collective, a number of people."""
    note: str


class RegistrationContent(PaperContent):
    """Bản đăng ký thi đua of one unit."""

    addressed_to: list[str]
    campaigns: list[RegistrationCampaign]
    groups: list[RegistrationGroup]
    target_notes: list[str]
    measures: list[str]
    titles: list[RegisteredTitle]
    closing: str
    signatories: list[Signatory]


class Attendee(TypedDict):
    name: str
    title: str
    unit: str
    reason: str
    """Of an absence or a refusal; "" for those present."""


class Vote(TypedDict):
    matter: str
    in_favour: int
    against: int
    abstained: int | None
    """None = was not counted: the minutes then say nothing of it."""
    result: str
    """"thông qua"."""


class Signed(TypedDict):
    """Who signed for a party at the meeting, in which office."""

    unit: str
    name: str
    office: str
    """With its authority: "TM. Ủy ban nhân dân xã, Chủ tịch"."""
    means: str
    """"ký trên bản giấy", "xác nhận điện tử trong phần mềm"."""


class ClusterOffice(TypedDict):
    unit: str
    person: str
    basis: str
    """"Hội nghị bầu", or the decision."""


class MinutesContent(PaperContent):
    """Biên bản Hội nghị ký kết giao ước thi đua."""

    starts_at: str
    ends_at: str
    place: str
    present: list[Attendee]
    absent: list[Attendee]
    refused: list[Attendee]
    agenda: list[str]
    proceedings: list[str]
    votes: list[Vote]
    signed: list[Signed]
    witnesses: list[Witness]
    lead: ClusterOffice | None
    deputy: ClusterOffice | None
    closing: str
    secretary: Signatory
    chair: Signatory


class ProgressRow(TypedDict):
    code: str
    name: str
    unit: str
    goal: str
    this_quarter: str
    cumulative: str
    percent: str
    """Cumulative against the goal, "50" = 50 %; "" = cannot be said."""
    estimated: bool
    """The value is an estimate (ước), not an actual."""
    explanation: str


class ProgressGroup(TypedDict):
    code: str
    name: str
    rows: list[ProgressRow]


class CampaignResult(TypedDict):
    name: str
    """"Đợt thi đua quý I" with its theme, if any."""
    done: list[str]


class Chart(TypedDict):
    svg: str
    """One whole <svg> element; shown as an image, so it can reach nothing."""
    title: str
    description: str
    """Read out instead of the picture; obligatory."""


class QuarterReportContent(PaperContent):
    """Báo cáo tiến độ quý of one unit."""

    quarter: int
    addressed_to: list[str]
    groups: list[ProgressGroup]
    target_notes: list[str]
    chart: Chart | None
    campaigns: list[CampaignResult]
    difficulties: list[str]
    proposals: list[str]
    closing: str
    signatories: list[Signatory]


CONTENT_TYPES: dict[Kind, type] = {
    "registration": RegistrationContent,
    "agreement": AgreementContent,
    "minutes": MinutesContent,
    "quarter_report": QuarterReportContent,
}
