"""What is logged: when, where, for which request, and no secrets."""

import json
import logging
import logging.config
import sys

import pytest

from app.cli.logs import Human, Json, config
from app.errors import SettingsError
from app.model.request import REQUEST_ID
from app.settings import Settings


def record(message: str, *values: object, error: bool = False) -> logging.LogRecord:
    info = None
    if error:
        try:
            raise ValueError("postgresql://ortoo:hunter2@db/ortoo")
        except ValueError:
            info = sys.exc_info()
    return logging.LogRecord("app.worker", logging.WARNING, __file__, 1, message, values, info)


def test_lines_say_when_where_and_for_which_request() -> None:
    mark = REQUEST_ID.set(b"abc-1")
    try:
        line = json.loads(Json().format(record("said %s\nтүүнд", "this", error=True)))
        human = Human().format(record("said"))
    finally:
        REQUEST_ID.reset(mark)
    assert {"level", "logger", "message", "request", "at", "error"} == line.keys()
    assert (line["request"], line["message"], line["level"]) == ("abc-1", "said this\nтүүнд", "warning")
    assert "ValueError" in line["error"]
    assert human.endswith("WARNING app.worker [abc-1] said")
    assert "request" not in json.loads(Json().format(record("outside")))


@pytest.mark.parametrize("form", [Json(), Human()], ids=["json", "human"])
def test_no_secret_is_logged(form: logging.Formatter) -> None:
    for text in (
        "no answer from postgresql://ortoo:hunter2@db:5432/ortoo",
        "Authorization: Bearer hunter2.hunter2",
        "GET /metrics?token=hunter2&lang=mn",
        "access_token=hunter2",
    ):
        line = form.format(record(text))
        assert "hunter2" not in line
        assert "***" in line
    assert "hunter2" not in form.format(record("x", error=True))


def test_all_loggers_speak_one_form(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.root.handlers[:], logging.root.level
    try:
        logging.config.dictConfig(config("json", "info"))
        logging.getLogger("uvicorn.error").info("started")
        logging.getLogger("app.web").info("served")
        logging.getLogger("app.web").debug("not this")
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        assert [line["message"] for line in lines] == ["started", "served"]
    finally:
        logging.root.handlers[:], logging.root.level = before


def test_a_log_format_that_is_none() -> None:
    with pytest.raises(SettingsError, match="ORTOO_LOG_FORMAT"):
        Settings.load({"ORTOO_LOG_FORMAT": "xml"}, None)
