"""Manifests: against the schemas of Kubernetes and of the operators, and how little a pod may do."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import jsonschema
import kubernetes_validate
import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))
import custom_resources  # noqa: E402

VERSION = "1.34"
MANIFESTS = Path(__file__).resolve().parents[3] / "kubernetes"
OVERLAYS = ("sentinel", "joining")


def documents(file: Path) -> list[dict]:
    return [document for document in yaml.safe_load_all(file.read_text()) if document]


ALL = [
    pytest.param(document, id=f"{file.parent.name}/{document['kind']}/{document['metadata']['name']}")
    for file in sorted(MANIFESTS.rglob("*.yaml"))
    if file.name != "kustomization.yaml"
    for document in documents(file)
]


def is_custom(document: dict) -> bool:
    return document["apiVersion"].split("/")[0].endswith((".strimzi.io", "flink.apache.org"))


def check(document: dict) -> None:
    """Fails unless the schemas allow all that the document says."""
    if is_custom(document):
        schema = custom_resources.schemas()[document["apiVersion"], document["kind"]]
        jsonschema.Draft7Validator(schema).validate(document)
    else:
        kubernetes_validate.validate(document, VERSION, strict=True)


@pytest.mark.parametrize("document", ALL)
def test_its_schema_allows_it(document):
    check(document)


def test_a_misspelt_field_is_found():
    job = next(param.values[0] for param in ALL if param.values[0]["kind"] == "FlinkDeployment")
    misspelt = {**job, "spec": {**job["spec"], "serviceAcount": "flink"}}
    with pytest.raises(jsonschema.ValidationError, match="serviceAcount"):
        check(misspelt)


def pods() -> list[dict]:
    return [
        param.values[0]["spec"]["template"]["spec"]
        for param in ALL
        if param.values[0]["kind"] in {"StatefulSet", "Deployment"}
    ]


def test_pods_keep_to_the_restricted_standard():
    assert len(pods()) == 2
    for pod in pods():
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"] + pod.get("initContainers", []):
            restricted = container["securityContext"]
            assert restricted["allowPrivilegeEscalation"] is False
            assert restricted["readOnlyRootFilesystem"] is True
            assert restricted["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]
        for container in pod["containers"]:
            assert {"startupProbe", "readinessProbe", "livenessProbe"} <= container.keys()


def test_each_kind_of_pod_has_a_network_policy_and_a_disruption_budget():
    kinds = {param.values[0]["kind"]: [] for param in ALL}
    for param in ALL:
        kinds[param.values[0]["kind"]].append(param.values[0]["metadata"]["name"])
    assert {"network-node", "site-node", "flink"} <= set(kinds["NetworkPolicy"])
    assert {"network-node", "site-node", "flink-jobmanager", "flink-taskmanager"} == set(kinds["PodDisruptionBudget"])


def test_kustomizations_name_files_that_are_there():
    for file in MANIFESTS.rglob("kustomization.yaml"):
        (kustomization,) = documents(file)
        for resource in kustomization["resources"]:
            assert (file.parent / resource).exists(), (file, resource)


@pytest.fixture
def kustomize(program, run):
    """Makes the manifests of a folder, and checks each."""
    kubectl = program("kubectl", "kubernetes-client of Debian 13 or later")
    version = json.loads(run(kubectl, "version", "--client", "-o", "json"))["clientVersion"]
    if int(version["minor"].rstrip("+")) < 21:
        pytest.skip(f"kubectl {version['gitVersion']} has a kustomize without components; 1.21 has one")

    def made(folder: Path) -> list[dict]:
        found = [document for document in yaml.safe_load_all(run(kubectl, "kustomize", folder)) if document]
        for document in found:
            check(document)
        return found

    return made


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_overlay_makes_what_its_schemas_allow(overlay, kustomize):
    found = kustomize(MANIFESTS / "overlays" / overlay)
    assert len(found) > 5
    spaces = {document["metadata"].get("namespace") for document in found if document["kind"] != "Namespace"}
    assert spaces == {"swarmstream"}


def test_an_overlay_can_have_strimzi_make_rights_and_topics(kustomize, tmp_path):
    def path(folder: str) -> str:
        return os.path.relpath(MANIFESTS / folder, tmp_path.resolve())

    overlay = {"resources": [path("kafka")], "components": [path("own-rights")]}
    (tmp_path / "kustomization.yaml").write_text(yaml.safe_dump(overlay))
    found = kustomize(tmp_path)
    (kafka,) = [document for document in found if document["kind"] == "Kafka"]
    assert kafka["spec"]["entityOperator"] == {"topicOperator": {}, "userOperator": {}}
    assert sum(document["kind"] == "KafkaTopic" for document in found) == 7
