"""Outlets: who published a headline."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutletName:
    """What a page needs to name an outlet: its registrable domain and its name in each edition."""

    domain: str
    name_en: str
    name_mn: str

    def name(self, ui: str) -> str:
        """The name in edition `ui`."""
        return self.name_mn if ui == "mn" else self.name_en


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet of the registry. `hosts` are further host names or domains that mean it (without `www.`)."""

    domain: str
    name_en: str
    name_mn: str
    kind: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
