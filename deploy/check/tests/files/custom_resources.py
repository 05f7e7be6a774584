"""JSON schemas of custom resources, from the definitions that their operators bring."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

OPERATORS = Path(__file__).resolve().parents[2] / "target" / "operators"
STRIMZI = {
    "Kafka": "io.strimzi.api.kafka.model.kafka.Kafka",
    "KafkaNodePool": "io.strimzi.api.kafka.model.nodepool.KafkaNodePool",
    "KafkaUser": "io.strimzi.api.kafka.model.user.KafkaUser",
    "KafkaTopic": "io.strimzi.api.kafka.model.topic.KafkaTopic",
}


@lru_cache
def definitions() -> list[dict]:
    """The definitions, by which an API server would judge."""
    if not (OPERATORS / "api.jar").exists():
        pytest.skip(f"the operators' jars are not in {OPERATORS}; 'mvn generate-test-resources -pl deploy/check' gets them")
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    made = OPERATORS / "crds"
    made.mkdir(exist_ok=True)
    if not all((made / f"{kind}.yaml").exists() for kind in STRIMZI):
        command = ["java", "-cp", f"{OPERATORS}/crd-generator.jar:{OPERATORS}/api.jar"]
        command += ["io.strimzi.crdgenerator.CrdGenerator", "--target-kube", "1.25+", "--crd-api-version", "v1", "--yaml"]
        command += [f"{name}={made / kind}.yaml" for kind, name in STRIMZI.items()]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL, timeout=60)
    texts = [(made / f"{kind}.yaml").read_text() for kind in STRIMZI]
    with zipfile.ZipFile(OPERATORS / "flink-kubernetes-operator-api.jar") as jar:
        texts.append(jar.read("META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml").decode())
    return [patched(yaml.load(text, Loader=yaml.CSafeLoader)) for text in texts]


def patched(definition: dict) -> dict:
    """Lets the one value through that the newest definition in the registries does not know yet."""
    if definition["spec"]["names"]["kind"] == "FlinkDeployment":
        for version in definition["spec"]["versions"]:
            spec = version["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"]
            if "v2_2" not in spec["flinkVersion"]["enum"]:
                spec["flinkVersion"]["enum"].append("v2_2")
    return definition


@lru_cache
def schemas() -> dict[tuple[str, str], dict]:
    """The schemas by API version and kind; a field that they do not name is an error."""
    found = {}
    for definition in definitions():
        spec = definition["spec"]
        for version in spec["versions"]:
            schema = closed(version["schema"]["openAPIV3Schema"])
            schema["properties"]["metadata"] = {"type": "object"}
            found[f"{spec['group']}/{version['name']}", spec["names"]["kind"]] = schema
    return found


def closed(schema: object) -> object:
    """The same schema with additionalProperties false wherever an API server would drop what is not named."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("x-kubernetes-int-or-string"):
        return {"type": ["integer", "string"]}
    made = {key: closed(value) for key, value in schema.items()}
    named = isinstance(schema.get("properties"), dict) and schema.get("type") == "object"
    if named and "additionalProperties" not in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        made["properties"] = {"apiVersion": {}, "kind": {}, **made["properties"]} if "spec" in made["properties"] else made["properties"]
        made["additionalProperties"] = False
    return made
