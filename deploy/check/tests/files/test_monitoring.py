"""Dashboard and alerts: that they are what Grafana and Prometheus read. ITCases check that their metrics exist."""

from __future__ import annotations

import json
from collections import Counter

import pytest
import yaml


@pytest.fixture(scope="module")
def monitoring(deploy):
    return deploy / "monitoring"


def test_the_dashboard_asks_something_in_each_panel(monitoring):
    dashboard = json.loads((monitoring / "swarmstream-dashboard.json").read_text())
    assert dashboard["uid"] == "swarmstream"
    ids = Counter(panel["id"] for panel in dashboard["panels"])
    assert max(ids.values()) == 1
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24, panel["title"]
        if panel["type"] != "row":
            assert panel["targets"] and all(target["expr"] for target in panel["targets"]), panel["title"]
            assert panel["description"], panel["title"]


def test_each_alert_says_what_and_what_to_do(monitoring):
    examples = {
        test["alertname"]
        for group in yaml.safe_load((monitoring / "alerts_test.yaml").read_text())["tests"]
        for test in group["alert_rule_test"]
        if test["exp_alerts"]
    }
    rules = [
        rule for group in yaml.safe_load((monitoring / "alerts.yaml").read_text())["groups"] for rule in group["rules"]
    ]
    # SwarmJobRestarting's value is a fraction that depends on extrapolation.
    assert {rule["alert"] for rule in rules} - examples <= {"SwarmJobRestarting"}
    for rule in rules:
        assert rule["annotations"].keys() == {"summary", "description"}, rule["alert"]
        assert rule["labels"]["severity"] in {"warning", "critical"}, rule["alert"]


def test_prometheus_takes_the_rules(monitoring, program, run):
    promtool = program("promtool", "prometheus")
    run(promtool, "check", "rules", "alerts.yaml", cwd=monitoring)
    run(promtool, "check", "config", "--syntax-only", "prometheus.yaml", cwd=monitoring)


def test_the_rules_do_what_their_examples_say(monitoring, program, run):
    run(program("promtool", "prometheus"), "test", "rules", "alerts_test.yaml", cwd=monitoring)
