"""How the archive grows, as small charts for the desk: drawn as SVG by the server, from counts that are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from archive.models import Batch, Tally

HEIGHT = 48
STEP = 8
MONTHS = 12
YEARS = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One month or year: how much, and its rectangle in the drawing's own units."""

    label: str
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side under a title."""

    title: str
    bars: tuple[Bar, ...]
    height: int = HEIGHT
    bar_width: int = STEP - 2

    @property
    def width(self) -> int:
        """In the drawing's units."""
        return len(self.bars) * STEP - 2

    @property
    def said(self) -> str:
        """The chart in words, for those who do not see it."""
        some = (f"{bar.label}: {bar.count:,}" for bar in self.bars if bar.count)
        return f"{self.title}. {', '.join(some)}."


def growth() -> list[Chart]:
    """What came in of late, month by month, and what readers find, by its year; charts of nothing are left out."""
    charts = [
        _chart("Articles imported, by month", _imported()),
        _chart("Articles that readers find, by year of publication", _published()),
    ]
    return [chart for chart in charts if any(bar.count for bar in chart.bars)]


def _imported() -> list[tuple[str, int]]:
    """The articles that each of the last twelve months brought, by the counts that imports keep."""
    today = timezone.now()
    months = [_months_ago(today.year, today.month, ago) for ago in reversed(range(MONTHS))]
    batches = Batch.objects.filter(started_at__gte=_midnight(months[0]), undone_at__isnull=True).order_by()
    counted = batches.annotate(month=TruncMonth("started_at")).values("month").annotate(number=Sum("imported"))
    numbers = {row["month"].date(): row["number"] for row in counted}
    return [(f"{month:%B %Y}", numbers.get(month, 0)) for month in months]


def _published() -> list[tuple[str, int]]:
    """The public articles of each year, from the first to the last that has any; at most the last forty."""
    years = dict(Tally.objects.of(Tally.Subject.ARCHIVE, 0).by_year().values_list("year", "articles"))
    counted = [year for year, number in years.items() if number > 0]
    if not counted:
        return []
    first = max(min(counted), max(counted) - YEARS + 1)
    return [(str(year), max(years.get(year, 0), 0)) for year in range(first, max(counted) + 1)]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _months_ago(year: int, month: int, ago: int) -> date:
    years, months = divmod(year * 12 + month - 1 - ago, 12)
    return date(years, months + 1, 1)


def _chart(title: str, counted: Iterable[tuple[str, int]]) -> Chart:
    counts = list(counted)
    most = max((count for _, count in counts), default=0)
    return Chart(
        title,
        tuple(
            Bar(label, count, x=place * STEP, y=HEIGHT - height, height=height)
            for place, (label, count) in enumerate(counts)
            for height in [max(2, round(HEIGHT * count / most)) if count else 0]
        ),
    )
