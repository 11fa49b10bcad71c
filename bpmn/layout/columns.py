"""How far to the right each column stands, and where the upright parts of the ways between columns are."""

from __future__ import annotations

from bpmn.layout.channels import TRACK, Upright, assign_tracks
from bpmn.layout.graph import Arc, Graph, Vertex

BEFORE, AFTER, LEAST = 18.0, 26.0, 44.0
SAME = 0.5
# How many ways a corner of a gateway may look past.
FARTHEST_CORNER = 12

Step = tuple[Arc, int]


class Columns:
    """`uprights` by arc and the number of the step in its path; -1 and -2 are the ends of one that goes round."""

    def __init__(self, graph: Graph) -> None:
        self.uprights: dict[Step, Upright] = {}
        self.corners: dict[Step, Vertex] = {}
        self._corner_use: dict[tuple[Vertex, bool], bool] = {}
        self.label_x: dict[int, float] = {}
        self._graph = graph
        self._channels: dict[int, list[Upright]] = {}
        self._labels: dict[int, float] = {}
        self.floor = graph.strips[-1][1] if graph.strips else 0.0

    def assign(self) -> float:
        """Sets `x` of every vertex; the width of it all."""
        graph = self._graph
        self._collect()
        x = self._channel(-1, 0.0) if -1 in self._channels else 0.0
        for rank, layer in enumerate(graph.layers):
            left = max((each.left for each in layer), default=0.0)
            right = max((each.right for each in layer), default=0.0)
            for each in layer:
                each.x = x + left
            x += left + right
            if rank < len(graph.layers) - 1 or rank in self._channels:
                x = self._channel(rank, x)
        return x

    def _channel(self, rank: int, x: float) -> float:
        uprights = self._channels.get(rank, [])
        tracks = assign_tracks(uprights)
        for each in uprights:
            each.x = x + BEFORE + each.track * TRACK
        width = BEFORE + max(tracks - 1, 0) * TRACK + AFTER
        label = self._labels.get(rank, 0.0)
        self.label_x[rank] = x + (BEFORE + (tracks - 1) * TRACK if tracks else 0) + 6
        return x + max(width + (label + 4 if label else 0), LEAST)

    def _collect(self) -> None:
        shared: dict[tuple[Vertex, bool], Upright] = {}
        leaving, reaching = self._fans()
        for arc in self._graph.arcs:
            if arc.label_width and arc.path and not arc.turned:
                rank = arc.path[0].rank
                self._labels[rank] = max(self._labels.get(rank, 0.0), arc.label_width)
            for i, (a, b) in enumerate(zip(arc.path, arc.path[1:], strict=False)):
                if abs(a.y - b.y) < SAME:
                    continue
                corner = self._corner(arc, i, a, b)
                if corner is not None:
                    self.corners[arc, i] = corner
                    continue
                key = (a, True) if leaving.get(a, 0) > 1 else (b, False) if reaching.get(b, 0) > 1 else None
                upright = shared.get(key) if key else None
                if upright is None:
                    upright = Upright()
                    self._channels.setdefault(a.rank, []).append(upright)
                    if key:
                        shared[key] = upright
                upright.left.append(a.y)
                upright.right.append(b.y)
                self.uprights[arc, i] = upright
        self._collect_beside()
        self._collect_express()

    def _collect_beside(self) -> None:
        """Of data joined to another node of the same column, the way goes round through the channel at its right."""
        for arc in self._graph.arcs:
            if arc.soft and arc.source.rank == arc.target.rank:
                upright = Upright([arc.source.y, arc.target.y], [arc.source.y])
                self._channels.setdefault(arc.source.rank, []).append(upright)
                self.uprights[arc, -1] = upright

    def _collect_express(self) -> None:
        for arc in self._graph.express:
            self.floor += TRACK
            for number, end in ((-1, arc.source), (-2, arc.target)):
                rank = end.rank if number == -1 else end.rank - 1
                heights = ([end.y], [self.floor]) if number == -1 else ([self.floor], [end.y])
                upright = Upright(*heights)
                self._channels.setdefault(rank, []).append(upright)
                self.uprights[arc, number] = upright

    def _fans(self) -> tuple[dict[Vertex, int], dict[Vertex, int]]:
        leaving: dict[Vertex, int] = {}
        reaching: dict[Vertex, int] = {}
        for a, b, arc in self._graph.hops():
            if not arc.soft and not arc.turned:
                leaving[a] = leaving.get(a, 0) + 1
                reaching[b] = reaching.get(b, 0) + 1
        return leaving, reaching

    def _corner(self, arc: Arc, i: int, a: Vertex, b: Vertex) -> Vertex | None:
        """The gateway that a way can leave or reach at its upper or lower corner, with nothing in between."""
        if arc.turned or arc.soft:
            return None
        if i == 0 and a.is_diamond and not a.below and self._is_free(a, b.y) and self._takes(a, b.y, leaving=True):
            return a
        last = i == len(arc.path) - 2
        if last and b.is_diamond and not b.below and self._is_free(b, a.y) and self._takes(b, a.y, leaving=False):
            return b
        return None

    def _takes(self, vertex: Vertex, y: float, *, leaving: bool) -> bool:
        """At one corner ways either leave or arrive: on one line nobody could tell them apart."""
        return self._corner_use.setdefault((vertex, y > vertex.y), leaving) == leaving

    def _is_free(self, vertex: Vertex, y: float) -> bool:
        """Whether nobody stands between a vertex and this height of its column."""
        layer = self._graph.layers[vertex.rank]
        step = 1 if y > vertex.y else -1
        if step < 0 and any(each.is_row and each.anchor is None for each in vertex.above):
            # A way back leaves or arrives there.
            return False
        if abs(y - vertex.y) < vertex.height / 2 + 10:
            return False
        for number in range(1, FARTHEST_CORNER):
            place = vertex.place + number * step
            if not 0 <= place < len(layer):
                return True
            other = layer[place]
            if other.y - other.top > y + 4 if step > 0 else other.y + other.bottom < y - 4:
                return True
            # To cross a way is no worse here than further to the right.
            if not other.is_row or other.host is not None or abs(other.y - y) < TRACK / 2:
                return False
        return False
