"""Draft -> language + confidence."""

from app.language.detection import DOUBTFUL_NATS, Detection, Method
from app.language.detector import detect

__all__ = ["DOUBTFUL_NATS", "Detection", "Method", "detect"]
