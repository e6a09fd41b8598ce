"""Looks for known faults in what the program is built on: `pip-audit` over the locks.

pip-audit asks a vulnerability service over the network. Where that cannot be reached it calls every package unknown and
ends well, as if all had been looked at. So its report is read here:

- a known fault fails, unless EXCEPTIONS explains it;
- what could not be looked at is said in capitals. It does not fail on a machine without the network, where nothing
  could be done about it; with ORTOO_REQUIRE_AUDIT=1 (for a build server that has one) it does.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements/run.lock", "requirements/docker.lock", "requirements/dev.lock")

EXCEPTIONS: dict[str, str] = {}
"""Id of a fault -> why it cannot hurt here."""

SECONDS = 600


def main() -> int:
    """Exit code 1 for a known fault, or where nothing could be learnt and that is not good enough."""
    wanted = [part for lock in LOCKS for part in ("--requirement", str(ROOT / lock))]
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--disable-pip", "--progress-spinner", "off"]
    try:
        ran = subprocess.run([*command, *wanted], capture_output=True, text=True, timeout=SECONDS, check=False)
        report = json.loads(ran.stdout)
        trouble = ""
    except (subprocess.TimeoutExpired, ValueError) as error:
        report, trouble = {"dependencies": []}, str(error)
    lines, code = verdict(report, required=os.environ.get("ORTOO_REQUIRE_AUDIT") == "1", trouble=trouble)
    print("\n".join(lines))
    return code


def verdict(report: dict[str, Any], *, required: bool, trouble: str = "") -> tuple[list[str], int]:
    """What there is to say of pip-audit's report, and the exit code."""
    found = report["dependencies"]
    faults = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for one in found
        for fault in one.get("vulns", ())
        if fault["id"] not in EXCEPTIONS
    ]
    unknown = sorted({one["name"] for one in found if "skip_reason" in one})
    looked = len({one["name"] for one in found if "vulns" in one})
    lines = [*faults, f"Looked at {looked} packages: {len(faults)} known faults."]
    if not unknown and looked:
        return lines, int(bool(faults))
    what = f"{len(unknown)} packages ({', '.join(unknown[:5])} …)" if looked else "ANYTHING"
    why = trouble or "the vulnerability service does not know them, or could not be reached"
    lines.append(f"NOT AUDITED: {what}: {why}.")
    return lines, int(bool(faults) or required)


if __name__ == "__main__":
    sys.exit(main())
