"""What is going to happen when: a queue of acts, so that the half year runs instant by instant."""

import datetime as dt
import heapq
import random
from collections.abc import Callable
from typing import Final

from ltc.calendars import BusinessCalendar, Roll, roll
from ltc.demo.firm import Firm

Act = Callable[[dt.datetime], None]


class Agenda:
    """Acts in order of time; those of one instant in the order in which they were entered."""

    def __init__(self, firm: Firm, calendar: BusinessCalendar, rng: random.Random) -> None:
        self.firm: Final = firm
        self.calendar: Final = calendar
        self.rng: Final = rng
        self.last_day: Final[dt.date] = firm.settings["last_day"]
        self._queue: list[tuple[dt.datetime, int, Act]] = []
        self._entered = 0

    def enter(self, at: dt.datetime, act: Act) -> None:
        """Enter an act; one after the last day never happens."""
        if at.astimezone(self.firm.zone).date() <= self.last_day:
            self._entered += 1
            heapq.heappush(self._queue, (at, self._entered, act))

    def later(self, now: dt.datetime, days: tuple[int, int], act: Act) -> None:
        """Enter an act for a workday so many days from now, at some hour of the day that is still to come."""
        day = now.astimezone(self.firm.zone).date() + dt.timedelta(days=self.rng.randint(*days))
        while (at := self.workday(day)) <= now:
            day += dt.timedelta(days=1)
        self.enter(at, act)

    def workday(self, day: dt.date) -> dt.datetime:
        """Return some instant of the working hours of that day or the next workday."""
        on = roll(day, self.calendar, Roll.FOLLOWING)
        return self.firm.at(on, self.rng.randint(9, 17), self.rng.randrange(60))

    def run(self, each_day: Callable[[dt.date], None]) -> None:
        """Let everything happen; `each_day` is called once a day has begun."""
        day = None
        while self._queue:
            at, _, act = heapq.heappop(self._queue)
            if (today := at.astimezone(self.firm.zone).date()) != day:
                day = today
                each_day(day)
            act(at)
