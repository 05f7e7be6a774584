"""Runs one trainer as a process of its own, within limits, and notes how it ended.

supervise.py FOLDER reads FOLDER/order.json. It writes FOLDER/pid first, FOLDER/log while the trainer prints, and
FOLDER/exit last. It survives whoever started it. SIGTERM makes it end the trainer.
"""

import ctypes
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def prctl(option, value):
    try:
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
    except (OSError, AttributeError):
        pass  # not Linux


def replace(path, text):
    with open(path + ".next", "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.rename(path + ".next", path)


class Log:
    """The newest output, of half to all of the limit, in two files."""

    def __init__(self, path, most):
        self.path, self.half = path, max(most // 2, 4096)
        self.file, self.size = open(path, "ab", buffering=0), 0

    def write(self, data):
        for start in range(0, len(data), self.half):
            piece = data[start : start + self.half]
            if self.size + len(piece) > self.half:
                self.file.close()
                os.rename(self.path, self.path + ".earlier")
                self.file, self.size = open(self.path, "ab", buffering=0), 0
            try:
                self.file.write(piece)
            except OSError:
                pass  # the disk is full; the trainer goes on
            self.size += len(piece)


def children():
    """Descendants of this process by pid, with their resident bytes. Empty where there is no /proc."""
    parents, bytes_of = {}, {}
    page = os.sysconf("SC_PAGE_SIZE")
    try:
        pids = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return {}
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
            if fields[0] != "Z":
                parents[int(pid)], bytes_of[int(pid)] = int(fields[1]), int(fields[21]) * page
        except (OSError, IndexError):
            continue  # it has just ended
    found, known = {}, {os.getpid()}
    grown = True
    while grown:
        new = {pid for pid, parent in parents.items() if parent in known and pid not in known}
        known |= new
        found.update({pid: bytes_of[pid] for pid in new})
        grown = bool(new)
    return found


def end(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def limit(kind, value):
    if value > 0:
        hard = resource.getrlimit(kind)[1]
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            pass


def confine(order):
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.nice(order["nice"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit(resource.RLIMIT_DATA, 2 * order["memory"])
    limit(resource.RLIMIT_NPROC, order["pids"] if os.geteuid() else 0)
    limit(resource.RLIMIT_NOFILE, order["files"])
    limit(resource.RLIMIT_FSIZE, order["file"])
    if order["cpus"] > 0 and hasattr(os, "sched_setaffinity"):
        free = sorted(os.sched_getaffinity(0))
        number = min(len(free), max(1, int(-(-order["cpus"] // 1))))
        first = order["site"] * number % len(free)
        os.sched_setaffinity(0, {free[(first + i) % len(free)] for i in range(number)})


class Supervisor:
    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "order.json")) as file:
            self.order = json.load(file)
        self.stopped = None  # when it was asked to end
        self.reason = None

    def stop(self, reason):
        if self.stopped is None:
            self.stopped, self.reason = time.monotonic(), reason
            end(children(), signal.SIGTERM)

    def run(self):
        order = self.order
        os.setsid()
        prctl(PR_SET_CHILD_SUBREAPER, 1)
        signal.signal(signal.SIGTERM, lambda *_: self.stop("it was stopped"))
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        replace(os.path.join(self.folder, "pid"), str(os.getpid()))
        log = Log(os.path.join(self.folder, "log"), order["log"])
        try:
            trainer = subprocess.Popen(
                order["command"],
                cwd=order["directory"],
                env=order["variables"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                preexec_fn=lambda: confine(order),
            )
        except (OSError, subprocess.SubprocessError) as error:
            self.note(127, f"{order['command'][0]} could not be started: {error}")
            return
        code = self.watch(trainer, log)
        end(children(), signal.SIGKILL)
        self.note(128 - code if code < 0 else code, self.reason)

    def watch(self, trainer, log):
        order, begin, looked, pipe = self.order, time.monotonic(), 0.0, trainer.stdout.fileno()
        while True:
            ready = select.select([pipe], [], [], 0.2)[0] if pipe is not None else time.sleep(0.2)
            if ready:
                data = os.read(pipe, 65536)
                if data:
                    log.write(data)
                else:
                    pipe = None
            now = time.monotonic()
            if now - looked < 0.5:
                continue
            looked = now
            used = children()
            if order["memory"] and sum(used.values()) > order["memory"]:
                self.reason = f"it used more than {order['memory']} bytes of memory"
                end(used, signal.SIGKILL)
            elif order["pids"] and len(used) > order["pids"]:
                self.reason = f"it had more than {order['pids']} processes"
                end(used, signal.SIGKILL)
            elif order["seconds"] and now - begin > order["seconds"]:
                self.stop(f"it took longer than {order['seconds']} s")
            if self.stopped is not None and now - self.stopped > order["grace"]:
                end(used, signal.SIGKILL)
            code = trainer.poll()
            if code is not None:
                end(children(), signal.SIGKILL)
                while pipe is not None and select.select([pipe], [], [], 0.5)[0]:
                    data = os.read(pipe, 65536)
                    if not data:
                        break
                    log.write(data)
                return code

    def note(self, code, reason):
        replace(os.path.join(self.folder, "exit"), json.dumps({"code": code, "reason": reason}))


if __name__ == "__main__":
    Supervisor(sys.argv[1]).run()
