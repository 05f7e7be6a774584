"""A trainer that ends early, in the way that HOW names, and never leaves its session."""

import gc
import os
import signal
import sys
import time

from programs.numpy_platform import SwarmCallback

HOW = os.environ["HOW"]
callback = SwarmCallback(100, int(os.environ.get("MIN_PEERS", "1")), totalEpochs=1)
if HOW == "handles-sigterm":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("its own handler"))
callback.on_train_begin()
callback.on_batch_end()
if HOW == "raises":
    raise ZeroDivisionError("the program's own")
if HOW == "exits":
    sys.exit("the program's own")
if HOW == "is-interrupted":
    os.kill(os.getpid(), signal.SIGINT)
if HOW == "drops-it":
    del callback
    gc.collect()  # as a program that does anything has it done now and then
    print("it trains on, alone", flush=True)
if HOW == "forks":
    # As a loader's worker, which is ended by a signal, and another one, which ends by itself.
    for ends in (lambda: time.sleep(60), sys.exit):
        child = os.fork()
        if child == 0:
            ends()
        time.sleep(0.3)
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
    print("its children are gone", flush=True)
print("trains", flush=True)
time.sleep(60)
