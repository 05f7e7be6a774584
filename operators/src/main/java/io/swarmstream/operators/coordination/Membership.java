package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.EnrolledSite;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** The sites of the current key's contract: who is enrolled, and for whom a round waits. */
final class Membership {
  /** By address; no entry: not enrolled. */
  private final MapState<String, EnrolledSite> enrolled;

  /** Address of sites that left or missed a round, and since when; no entry: live. */
  private final MapState<String, Long> absent;

  /** Time of the newest event by which a site joined or left; no entry: none yet. */
  private final MapState<String, Long> lastWordMs;

  private final Recollection<Map<String, EnrolledSite>> sites;
  private final Recollection<Set<String>> live;

  Membership(RuntimeContext context, Supplier<String> currentKey) {
    sites = new Recollection<>(currentKey, this::readSites);
    live = new Recollection<>(currentKey, this::readLive);
    enrolled =
        context.getMapState(
            new MapStateDescriptor<>(
                "enrolled", Types.STRING, TypeInformation.of(EnrolledSite.class)));
    absent = context.getMapState(new MapStateDescriptor<>("absent", Types.STRING, Types.LONG));
    lastWordMs =
        context.getMapState(new MapStateDescriptor<>("last-word", Types.STRING, Types.LONG));
  }

  void enrol(String site, EnrolledSite as) throws Exception {
    enrolled.put(site, as);
    sites.get().put(site, as);
    if (!absent.contains(site)) {
      live.get().add(site);
    }
  }

  void remove(String site) throws Exception {
    enrolled.remove(site);
    sites.get().remove(site);
    absent.remove(site);
    lastWordMs.remove(site);
    live.get().remove(site);
  }

  boolean isEnrolled(String site) throws Exception {
    return sites.get().containsKey(site);
  }

  /** Greatest weight the site may ask for; -1 for a site that is not enrolled. */
  int maxWeight(String site) throws Exception {
    @Nullable EnrolledSite known = sites.get().get(site);
    return known == null ? -1 : known.maxWeight();
  }

  /** Readable name; the address for a site that is not enrolled. */
  String name(String site) throws Exception {
    @Nullable EnrolledSite known = sites.get().get(site);
    return known == null ? site : known.name();
  }

  /** Enrolled sites that rounds wait for, in the order of their address: a live view. */
  Set<String> live() throws Exception {
    return Collections.unmodifiableSet(live.get());
  }

  private Map<String, EnrolledSite> readSites() throws Exception {
    Map<String, EnrolledSite> found = new HashMap<>();
    for (Map.Entry<String, EnrolledSite> entry : enrolled.entries()) {
      found.put(entry.getKey(), entry.getValue());
    }
    return found;
  }

  private Set<String> readLive() throws Exception {
    Set<String> found = new TreeSet<>();
    for (String site : sites.get().keySet()) {
      if (!absent.contains(site)) {
        found.add(site);
      }
    }
    return found;
  }

  /** Enrolled sites that rounds do not wait for, in the order of their address. */
  Set<String> absent() throws Exception {
    Set<String> sites = new TreeSet<>();
    absent.keys().forEach(sites::add);
    return sites;
  }

  void markAbsent(String site, long nowMs) throws Exception {
    absent.put(site, nowMs);
    live.get().remove(site);
  }

  /** An enrolled site has sent something. */
  void markLive(String site) throws Exception {
    if (live.get().add(site)) {
      absent.remove(site);
    }
  }

  /**
   * Applies a site's event, unless it is older than the newest applied: then it may be a replay.
   */
  void hear(String site, boolean present, long atMs) throws Exception {
    @Nullable Long last = lastWordMs.get(site);
    if (!isEnrolled(site) || (last != null && last >= atMs)) {
      return;
    }
    lastWordMs.put(site, atMs);
    if (present) {
      markLive(site);
    } else {
      markAbsent(site, atMs);
    }
  }
}
