package io.swarmstream.lab.network;

import java.nio.file.Path;
import java.util.List;

/**
 * A machine of an organisation, as far as it differs from the others here.
 *
 * @param folder for all that is on it
 * @param host by which other machines reach it
 * @param inside what precedes a command that runs in its network; empty: it shares this machine's
 */
record Machine(Path folder, String host, List<String> inside) {}
