"""Whether what is derived in the store agrees with what it is derived from: what was looked at, found and repaired."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of the store that was looked at. `looked` counts things, `faults` those that were wrong, `repaired` those
    that were put right; `examples` are words for people about a few of the wrong ones."""

    part: str
    looked: int
    faults: int
    repaired: int
    examples: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong any more."""
        return self.faults == self.repaired
