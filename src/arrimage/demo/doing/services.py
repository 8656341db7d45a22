"""The services of each theme, given out one after another, so that every partner has people to receive."""

from collections import defaultdict

from arrimage.directory.models import Service


class ServicesInTurn:
    """Gives the services of a theme in turn."""

    def __init__(self) -> None:
        self.services: dict[int, list[Service]] = defaultdict(list)
        self.turn: dict[int, int] = defaultdict(int)
        offered = Service.objects.filter(is_offered=True, organisation__region__code="06").order_by("pk")
        for service in offered.select_related("organisation").prefetch_related("themes"):
            for theme in service.themes.all():
                self.services[theme.pk].append(service)

    def following(self, theme_id: int) -> Service:
        self.turn[theme_id] += 1
        offered = self.services[theme_id]
        return offered[self.turn[theme_id] % len(offered)]
