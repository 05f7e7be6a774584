"""How long a site far from the broker takes to send a delta and to fetch a model, by the size of sockets' buffers.

    sudo python3 benchmarks/far/far_sites.py            # 47 MB each way, 50 ms there and back

Broker and site are in network namespaces of their own, joined by a line that this program is: it hands each packet on after half
of the round trip. What limits a connection is the kernel's TCP, as between two cities. Needs Linux, root and iproute2.
"""

from __future__ import annotations

import argparse
import collections
import ctypes
import fcntl
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BROKER, SITE = "10.213.7.1", "10.213.7.2"
BROKER_SPACE, SITE_SPACE = "far-broker", "far-site"
PORT = 9092
MTU = 9000
TURN_SECONDS = 600

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
TUN_WITHOUT_HEADER = 0x1001

KAFKAS = "Kafka's own"
SYSTEMS = "the system's"
BROKER_BUFFERS = {KAFKAS: 102_400, SYSTEMS: -1}
JAVA = ["java", "-Xmx768m", "-XX:+UseSerialGC"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--round-trip", type=float, default=50, metavar="MS")
    parser.add_argument("--chunks", type=int, default=48, help="of 0.98 MB (48)")
    chosen = parser.parse_args()
    if os.geteuid() or not shutil.which("ip"):
        sys.exit("far_sites.py makes network namespaces: run it as root, on Linux, with iproute2 installed")
    subprocess.run([ROOT / "swarm", "bench", "rounds", "--help"], stdout=subprocess.DEVNULL, check=True)
    with line(chosen.round_trip / 2000):
        print(f"{chosen.chunks} chunks of 0.98 MB, {chosen.round_trip:g} ms there and back; seconds", flush=True)
        print(f"{'broker buffers':16}{'client buffers':16}{'delta':>8}{'model':>8}", flush=True)
        for broker in (KAFKAS, SYSTEMS):
            for client in (KAFKAS, SYSTEMS):
                delta, model = measured(BROKER_BUFFERS[broker], client, chosen.chunks)
                print(f"{broker:16}{client:16}{delta:>8}{model:>8}", flush=True)


def measured(broker_buffers: int, client: str, chunks: int) -> list[str]:
    """Seconds of the second of two turns, with a broker of its own: first a delta, then a model."""
    with tempfile.TemporaryDirectory() as folder:
        broker = start_broker(Path(folder), broker_buffers)
        try:
            properties = [] if client == SYSTEMS else ["send.buffer.bytes=131072", "receive.buffer.bytes=65536"]
            classes = (ROOT / ".swarm/build/class-path-cluster").read_text()
            far = [*JAVA, "-cp", classes, str(HERE / "FarSite.java"), f"{BROKER}:{PORT}", str(chunks), *properties]
            turn = inside(SITE_SPACE, far)
            done = subprocess.run(turn, stdout=subprocess.PIPE, text=True, timeout=TURN_SECONDS, check=False)
            if done.returncode:
                sys.exit(f"the far site failed; see above, and the broker's log:\n{log(folder).read_text()[-2000:]}")
            return done.stdout.split()[-2:]
        finally:
            broker.kill()
            broker.wait()


def log(folder: str | Path) -> Path:
    return Path(folder) / "broker.log"


def start_broker(folder: Path, buffers: int) -> subprocess.Popen[bytes]:
    """The development cluster's configuration, but for the addresses, the folder and the buffers."""
    lines = (ROOT / "deploy/kafka/conf/server.properties").read_text().splitlines()
    kept = [line for line in lines if not line.startswith("socket.")]
    text = "\n".join(kept).replace("CLIENT://localhost", f"CLIENT://{BROKER}")
    sockets = f"socket.send.buffer.bytes={buffers}\nsocket.receive.buffer.bytes={buffers}\n"
    conf = folder / "server.properties"
    conf.write_text(text.replace("/var/lib/swarmstream/kafka", str(folder / "data")) + "\n" + sockets)
    logging = f"-Dlog4j.configurationFile={ROOT / 'deploy/kafka/conf/log4j2.properties'}"
    kafka = [*JAVA, logging, "-cp", str(ROOT / "deploy/kafka/target/lib/*")]
    formatted = [*kafka, "kafka.tools.StorageTool", "format", "--cluster-id=MkU3OEVBNTcwNTJENDM2Qk", "-c", str(conf)]
    subprocess.run(inside(BROKER_SPACE, formatted), stdout=subprocess.DEVNULL, check=True)
    with log(folder).open("wb") as out:  # whoever connects first waits until it is up
        return subprocess.Popen(inside(BROKER_SPACE, [*kafka, "kafka.Kafka", str(conf)]), stdout=out, stderr=out)


def inside(space: str, command: list[str]) -> list[str]:
    return ["ip", "netns", "exec", space, *command]


class line:
    """A line between both namespaces, as long as the block runs."""

    def __init__(self, delay: float) -> None:
        self._delay = delay

    def __enter__(self) -> None:
        near = device(BROKER_SPACE, BROKER, SITE)
        far = device(SITE_SPACE, SITE, BROKER)
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def __exit__(self, *_: object) -> None:
        for space in (BROKER_SPACE, SITE_SPACE):
            ip("netns", "del", space)

    def _carry(self, source: int, target: int) -> None:
        under_way: collections.deque[tuple[float, bytes]] = collections.deque()
        arrived = threading.Semaphore(0)

        def hand_on() -> None:
            while True:
                arrived.acquire()
                due, packet = under_way.popleft()
                time.sleep(max(0.0, due - time.monotonic()))
                os.write(target, packet)

        threading.Thread(target=hand_on, daemon=True).start()
        while True:
            packet = os.read(source, MTU)
            under_way.append((time.monotonic() + self._delay, packet))
            arrived.release()


def device(space: str, address: str, peer: str) -> int:
    """A network device in a namespace of this name; returns its packets' file."""
    ip("netns", "add", space)
    here = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open(f"/var/run/netns/{space}", os.O_RDONLY)
    enter(there)
    packets = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(packets, TUNSETIFF, struct.pack("16sH", b"far0", TUN_WITHOUT_HEADER))
    enter(here)
    ip("-n", space, "link", "set", "lo", "up")
    ip("-n", space, "addr", "add", address, "peer", peer, "dev", "far0")
    ip("-n", space, "link", "set", "far0", "mtu", str(MTU), "txqueuelen", "20000", "up")
    return packets


def enter(space: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(space, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "cannot enter a network namespace")


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


if __name__ == "__main__":
    main()
