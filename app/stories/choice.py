"""Which embedder: the one whose model directory is named, else the default one."""

from app.errors import EmbedderGone
from app.stories.embedder import Embedder


def chosen(directory: str = "") -> Embedder:
    """`directory`: of an operator's own model (`app.stories.onnx`); empty: `app.stories.nano`. EmbedderGone says what
    is missing."""
    try:
        import numpy  # noqa: F401 - everything about vectors needs it
    except ImportError as error:
        raise EmbedderGone("NumPy is not installed: pip install 'ortoo[stories]'.") from error
    if directory:
        from app.stories.onnx import OnnxEmbedder

        return OnnxEmbedder(directory)
    from app.stories.nano import NanoEmbedder, problem

    if why := problem():
        raise EmbedderGone(f"Vectors cannot be made: {why}.")
    return NanoEmbedder()
