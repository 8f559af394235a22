"""What the members and the papers of a cluster make of the words of its agreement."""

from __future__ import annotations

from collections.abc import Iterable

from pledge_app.agreements.paper_words import ENTERPRISES, FRONT, HAMLETS
from pledge_app.documents.parts import long_date
from pledge_app.orgs.models import Body, BodyKind, Cluster, ClusterPaper, ClusterPaperKind, Line

NEVER_SHORT = (BodyKind.MTTQ, BodyKind.HAMLET)
"""The name of the Front's board inside the software is no abbreviation that a paper may use."""
TYPES = {
    "QĐ": "Quyết định",
    "QC": "Quy chế",
    "KH": "Kế hoạch",
    "HD": "Hướng dẫn",
    "TB": "Thông báo",
}
CITED = (ClusterPaperKind.DIVISION, ClusterPaperKind.RULES, ClusterPaperKind.CONFIRMATION)


def kind_of(cluster: Cluster) -> str:
    """Which words its agreement begins with: those of hamlets, enterprises, the Front; "" = the
    plain ones.
    """
    kinds = {member.body.kind for member in cluster.members}
    if kinds == {BodyKind.HAMLET}:
        return HAMLETS
    if BodyKind.ENTERPRISE in kinds:
        return ENTERPRISES
    return FRONT if cluster.line is Line.MTTQ else ""


def abbreviation(body: Body) -> str:
    """What a paper calls the body after its whole name; "" where it has no shorter name."""
    if body.kind in NEVER_SHORT or len(body.name) >= len(body.full_name):
        return ""
    return body.name


def cluster_bases(papers: Iterable[ClusterPaper]) -> list[str]:
    """The decision that divides the clusters, the cluster's rules: the căn cứ after the law."""
    return [_cited(paper) for paper in papers if paper.kind in CITED]


def _cited(paper: ClusterPaper) -> str:
    symbol = paper.number.partition("/")[2].split("-")[0]
    kind = TYPES.get(symbol, "Văn bản")
    title = paper.title.removeprefix(kind).strip()
    said = title[:1].lower() + title[1:]
    return f"Căn cứ {kind} số {paper.number} {long_date(paper.dated)} của {paper.issuer} {said}"
