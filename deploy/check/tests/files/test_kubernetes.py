"""Manifests: against the schemas of Kubernetes and of the operators, and how little a pod may do."""

from __future__ import annotations

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


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_overlay_makes_what_its_schemas_allow(overlay, program, run):
    kubectl = program("kubectl", "kubernetes-client")
    made = run(kubectl, "kustomize", MANIFESTS / "overlays" / overlay)
    found = [document for document in yaml.safe_load_all(made) if document]
    assert len(found) > 5
    for document in found:
        check(document)
        if document["kind"] != "Namespace":
            assert document["metadata"]["namespace"] == "swarmstream"
