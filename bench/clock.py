"""Time that something took, and the processor's part of it: this process's and that of its database connection.

On a machine that others use the second one means more than the first.
"""

import time

import psutil


class Clock:
    """`with clock: …`, then `clock.wall` and `clock.processor`, in seconds."""

    def __init__(self, connection):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.backend = psutil.Process(cursor.fetchone()[0])
        self.wall = self.processor = 0.0

    def __enter__(self):
        self._began = time.perf_counter(), self._used()
        return self

    def __exit__(self, *failure):
        began, used = self._began
        self.wall, self.processor = time.perf_counter() - began, self._used() - used

    def _used(self) -> float:
        """The database's part is known to a hundredth of a second."""
        spent = self.backend.cpu_times()
        return time.process_time() + spent.user + spent.system
