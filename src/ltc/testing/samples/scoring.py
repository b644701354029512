"""The scorecard of the running story: how the company grades its leads."""

from ltc.scoring import AtLeast, Band, Cap, Criterion, Is, Known, Scorecard


def scorecard() -> Scorecard:
    """Return a card with which a reachable lead of the Shanghai fair from a large company is an A."""
    return Scorecard(
        criteria=(
            Criterion("展会", fact="source", condition=Is(["fair", "partner"]), points=30),
            Criterion("规模", fact="employees", condition=AtLeast(200), points=30),
            Criterion("电话", fact="phone", condition=Known(), points=10, group="contact"),
            Criterion("邮箱", fact="email", condition=Known(), points=10, group="contact"),
            Criterion("城市", fact="city", condition=Is(["上海", "苏州", "杭州"]), points=20),
        ),
        bands=(Band("A", 60), Band("B", 40), Band("C", 10)),
        otherwise="D",
        caps=(Cap("contact", 15),),
    )
