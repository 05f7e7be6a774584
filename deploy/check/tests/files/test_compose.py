"""Compose files: against the Compose Specification, and how little a container may do."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
import yaml

FILES = ("compose.yaml", "compose.join.yaml")


@pytest.fixture(params=FILES)
def compose(request, deploy):
    return yaml.safe_load((deploy / "compose" / request.param).read_text())


@pytest.fixture
def services(compose):
    return compose["services"]


def test_it_follows_the_specification(compose, deploy):
    # Of github.com/compose-spec/compose-go, Apache-2.0.
    schema = json.loads((deploy / "check" / "schemas" / "compose-spec.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(compose)


def test_no_container_may_more_than_it_needs(services):
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not service.get("privileged"), name
        assert "user" not in service, f"{name}: the image names its user"


def test_nothing_without_tls_is_published_beyond_loopback(services):
    """Flink and ZooKeeper publish nothing; a site's port is for this machine."""
    published = {name: service.get("ports", []) for name, service in services.items()}
    for port in published.pop("site"):
        assert port.startswith("127.0.0.1:")
    secured = {"kafka", "network"}
    assert {name for name, ports in published.items() if ports} <= secured
    for name in {"zookeeper", "taskmanager"} & services.keys():
        assert services[name]["network_mode"] == "service:jobmanager"


def test_volumes_are_declared(compose, services):
    for name, service in services.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source.startswith("./") or source in compose["volumes"], (name, volume)


def test_each_variable_is_in_the_example(compose, deploy):
    example = (deploy / "compose" / "env.example").read_text()
    for variable in set(re.findall(r"\$\{(\w+)", yaml.safe_dump(compose, width=10_000))):
        assert re.search(rf"^{variable}=", example, re.MULTILINE), variable


def test_images_are_built_from_files_that_are_there(services, deploy):
    for name, service in services.items():
        build = service.get("build")
        if build:
            assert (deploy.parent / build["dockerfile"]).is_file(), name
            assert "BASE" in build["args"], name


@pytest.mark.parametrize("image", ["node", "kafka", "flink"])
def test_an_image_runs_as_nobody_and_says_whether_it_is_healthy(image, deploy):
    lines = (deploy / "compose" / "images" / f"{image}.Dockerfile").read_text().splitlines()
    words = [line.split()[0] for line in lines if line and not line.startswith((" ", "#"))]
    assert words[:2] == ["ARG", "FROM"]
    assert "USER 10001:10001" in lines
    assert words.index("USER") > max(index for index, word in enumerate(words) if word in {"RUN", "COPY"})
    assert "HEALTHCHECK" in words
