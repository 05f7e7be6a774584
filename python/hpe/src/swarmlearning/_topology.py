"""Draws what LIST NODES says."""

from __future__ import annotations

import importlib
from typing import Any, Mapping, Sequence

TYPE, UUID, PARENT = "NodeType", "UUID", "ParentUUID"
OTHER_COLOUR = "#DDDDDD"


def draw(lines: Sequence[str], colours: Mapping[str, str], attributes: Sequence[str]) -> None:
    """Draws a node for each line, and an edge to its parent.

    Args:
        lines: the first has the headings; values are between commas.
        colours: by the type of node.
        attributes: headings whose values are shown beside the type.
    """
    networkx, pyplot = _package("networkx"), _package("matplotlib.pyplot")
    nodes = rows(lines)
    graph = networkx.Graph()
    for node in nodes:
        label = "\n".join([node.get(TYPE, "?"), *(node.get(name, "") for name in attributes)])
        graph.add_node(node.get(UUID, ""), label=label, colour=colours.get(node.get(TYPE, ""), OTHER_COLOUR))
    for node in nodes:
        if node.get(PARENT) in graph:
            graph.add_edge(node[UUID], node[PARENT])
    networkx.draw(
        graph,
        networkx.spring_layout(graph, seed=1),
        ax=pyplot.gca(),
        labels=dict(graph.nodes(data="label")),
        node_color=[colour for _, colour in graph.nodes(data="colour")],
        node_size=2500,
        font_size=8,
    )


def rows(lines: Sequence[str]) -> list[dict[str, str]]:
    """The lines below the headings, each by its headings."""
    if not lines:
        return []
    headings = [each.strip() for each in lines[0].split(",")]
    return [dict(zip(headings, (each.strip() for each in line.split(",")))) for line in lines[1:] if line.strip()]


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise ImportError(f"plotTopology needs {package}, which is missing: pip install {package}") from error
