"""The service's figures: what runs and waits in each lane, how long it took, and how workers ended."""

from collections.abc import Callable

from api.door.metrics import Registry


class Figures:
    """Figures of one service in a registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.seconds = registry.histogram(
            "samspel_job_seconds", "Seconds that a worker had a job, by the lane that it ended in.", ("lane",)
        )
        self.moved = registry.counter(
            "samspel_jobs_moved_total", "Jobs moved from the fast to the slow lane."
        )
        self.refused = registry.counter(
            "samspel_jobs_refused_total",
            "Jobs that found no place, by the status of the answer.",
            ("status",),
        )
        self.ended = registry.counter(
            "samspel_workers_ended_total", "Workers ended before their answer was, by the reason.", ("why",)
        )
        self.changed = registry.counter("samspel_snapshots_total", "Snapshots put into service.")

    def watch(self, **numbers: Callable[[], float]) -> None:
        """Have numbers asked when the figures are read: of running, waiting and idle jobs."""
        for name, ask in numbers.items():
            self._registry.gauge(f"samspel_{name}", f"{name.replace('_', ' ').capitalize()} now.", ask=ask)
