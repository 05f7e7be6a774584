"""Units: that systemd takes them, and how little a process may reach."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess

import pytest

SERVICES = ("zookeeper", "kafka", "jobmanager", "taskmanager", "network", "site")

# systemd's scale goes from 0 to 10; a unit without any restriction has 9.6.
MOST_EXPOSED = 2.0


class Unit(configparser.RawConfigParser):
    """A unit file, whose keys may be repeated."""

    def __init__(self, path):
        super().__init__(strict=False, interpolation=None, comment_prefixes=("#", ";"))
        self.optionxform = str
        self.read_string(path.read_text())


@pytest.fixture(params=SERVICES)
def service(request, deploy):
    return deploy / "systemd" / f"swarmstream-{request.param}.service"


def test_the_services_are_those_that_are_checked(deploy):
    assert {file.name for file in (deploy / "systemd").glob("*.service")} == {
        f"swarmstream-{name}.service" for name in SERVICES
    }


def test_a_service_restarts_keeps_its_files_to_itself_and_stops_with_the_target(service):
    unit = Unit(service)
    assert unit["Unit"]["PartOf"] == "swarmstream.target"
    assert unit["Install"]["WantedBy"] == "swarmstream.target"
    for key, value in {
        "Restart": "on-failure",
        "UMask": "0077",
        "StateDirectoryMode": "0700",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "CapabilityBoundingSet": "",
    }.items():
        assert unit["Service"][key] == value, key


def test_a_service_has_a_user_that_is_made_for_it(service, deploy):
    users = re.findall(r"^u (\S+)", (deploy / "systemd" / "swarmstream-sysusers.conf").read_text(), re.MULTILINE)
    assert Unit(service)["Service"]["User"] in users


def test_a_service_reads_an_environment_file_that_is_there(service, deploy):
    unit = Unit(service)["Service"]
    file = re.fullmatch(r"-/etc/swarmstream/(\w+)\.env", unit["EnvironmentFile"])
    assert file, unit["EnvironmentFile"]
    text = (deploy / "systemd" / "env" / f"{file[1]}.env").read_text()
    for variable in re.findall(r"\$(\w+)", unit["ExecStart"]):
        assert re.search(rf"^#?{variable}=", text, re.MULTILINE), variable


def test_systemd_takes_the_units(deploy, program, run, tmp_path):
    """In a copy that names programs of this repository, because systemd looks whether they are there."""
    analyze = program("systemd-analyze", "systemd")
    for file in (deploy / "systemd").glob("swarmstream*.*"):
        if file.suffix in {".service", ".target"}:
            text = file.read_text().replace("/opt/swarmstream/bin/", f"{deploy.parent}/")
            (tmp_path / file.name).write_text(text.replace("/opt/swarmstream/", f"{deploy.parent}/"))
    said = run(analyze, "verify", "--man=no", *tmp_path.iterdir())
    assert "swarmstream" not in said, said


def test_a_service_is_exposed_to_little(service, program, run):
    analyze = program("systemd-analyze", "systemd")
    if "--offline" not in run(analyze, "--help"):
        pytest.skip("this systemd-analyze cannot judge a file (systemd 250 and later can)")
    said = run(analyze, "security", "--offline=yes", "--no-pager", service)
    exposure = float(re.search(r"Overall exposure level.*: ([\d.]+)", said)[1])
    assert exposure <= MOST_EXPOSED, said


@pytest.mark.parametrize("script", ["flink/bin/flink", "flink/bin/flink-node", "kafka/bin/kafka-node", "dist/assemble"])
def test_scripts_are_plain_shell(script, deploy, run):
    run("sh", "-n", deploy / script)
    if shutil.which("dash"):
        subprocess.run(["dash", "-n", str(deploy / script)], check=True)
