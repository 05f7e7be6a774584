package io.swarmstream.lab.bench.kernels;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swarmstream.lab.bench.kernels.Timings.Spread;
import io.swarmstream.lab.bench.machine.Machine;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of a benchmark of merge methods.
 *
 * @param millis median time of a merge by kernel, including those of other systems
 * @param accuracy largest error of a coordinate against float64, relative to the largest value that
 *     any site has there
 * @param sameHash by kernel, whether all orders and numbers of threads gave the same hash
 * @param payloadHashGBs how fast one core hashes payloads, GB/s, by the payload hash's code
 */
@JsonPropertyOrder({"sites", "parameters", "tensors", "bytes", "ratios"})
record KernelsResult(
    int sites,
    long parameters,
    int tensors,
    long bytes,
    Map<String, Double> millis,
    Map<String, Spread> spread,
    MemoryLimit limits,
    Map<String, Double> accuracy,
    Map<String, Boolean> sameHash,
    Map<String, String> hashes,
    Map<String, Double> payloadHashGBs,
    Map<String, String> versions,
    Machine machine) {

  /**
   * Speed of the product's kernels, as a multiple of the fastest function of another system for the
   * same purpose unless the name says otherwise; null without the other systems.
   */
  @JsonProperty
  Map<String, @Nullable Double> ratios() {
    Map<String, @Nullable Double> ratios = new LinkedHashMap<>();
    ratios.put("mean_vs_flower", ratio(Kernel.MEAN));
    ratios.put("coordmedian_vs_flower", ratio(Kernel.COORDMEDIAN));
    ratios.put("trimmedmean_vs_flower", ratio(Kernel.TRIMMEDMEAN));
    ratios.put("multikrum_vs_flower", ratio(Kernel.MULTIKRUM));
    ratios.put("geomedian_vs_geom_median", ratio(Kernel.GEOMEDIAN));
    ratios.put("geomedian_cost_over_mean", millis(Kernel.GEOMEDIAN) / millis(Kernel.MEAN));
    ratios.put("mean_vs_read_bandwidth", gigabytesPerSecond(Kernel.MEAN) / limits.read());
    return ratios;
  }

  double millis(Kernel kernel) {
    return millis.getOrDefault(kernel.name(), Double.NaN);
  }

  /** Bytes of deltas merged per second, in GB/s. */
  double gigabytesPerSecond(Kernel kernel) {
    return bytes / millis(kernel) / 1e6;
  }

  /** The fastest function of another system for the same purpose. */
  Optional<String> fastestPeer(Kernel kernel) {
    return kernel.peers().stream()
        .filter(millis::containsKey)
        .min(Comparator.comparingDouble(peer -> millis.getOrDefault(peer, Double.NaN)));
  }

  @Nullable Double ratio(Kernel kernel) {
    return fastestPeer(kernel)
        .map(peer -> millis.getOrDefault(peer, Double.NaN) / millis(kernel))
        .orElse(null);
  }

  /** Whether all results of each kernel had the same hash. */
  static Map<String, Boolean> same(Map<String, ? extends Collection<String>> hashes) {
    Map<String, Boolean> same = new LinkedHashMap<>();
    hashes.forEach((kernel, all) -> same.put(kernel, all.size() == 1));
    return same;
  }
}
