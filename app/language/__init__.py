"""Draft -> language + confidence: `detect` a title's language, `spans` its parts in other scripts."""

from app.language.detection import DOUBTFUL_NATS, Detection, Method
from app.language.detector import HINT_NATS, detect, doubtful
from app.language.spans import spans

__all__ = ["DOUBTFUL_NATS", "HINT_NATS", "Detection", "Method", "detect", "doubtful", "spans"]
