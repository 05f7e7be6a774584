package io.swarmstream.site.internal;

import io.swarmstream.schemas.AdaptiveClip;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.masking.PrivacyRule;
import io.swarmstream.schemas.signing.HmacSha256;
import io.swarmstream.site.PrivacyException;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.TrainingReport;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the contract's {@link Privacy} asks of a site: clips each delta and adds noise before
 * anything else happens to it, and keeps figures of the site's data back.
 *
 * <p>The noise follows from the secret of the round and from the delta. So the same delta has the
 * same noise however often it is read and sent, and another delta for the same round has other
 * noise: the difference of the two gives neither away.
 */
final class DeltaPrivacy {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaPrivacy.class);

  /** The grid is finer than the noise by this power of two. */
  private static final int GRID_BITS = 10;

  private final ContractTerms terms;
  private final Privacy.@Nullable Dp dp;

  /** Null: the clip is fixed, or there is none. */
  private final @Nullable AdaptiveClip adaptive;

  private final NoiseSecret secret;

  /** Null: no noise was added since the last round was over. */
  private @Nullable GaussianNoise noise;

  DeltaPrivacy(ContractTerms terms, Optional<Path> memory) {
    this.terms = terms;
    this.dp = terms.privacy().dp().orElse(null);
    this.adaptive = terms.adaptiveClip().orElse(null);
    this.secret = new NoiseSecret(terms, memory);
  }

  /**
   * Checks that the contract can keep what its privacy promises; whoever wrote it to the chain may
   * not have.
   *
   * @param layout the contract's
   * @throws PrivacyException if it cannot
   */
  static void requireSound(ContractTerms terms, ModelLayout layout) {
    try {
      PrivacyRule.require(terms);
      var unused = ClipTensor.trained(terms.privacy(), layout);
    } catch (IllegalArgumentException e) {
      throw new PrivacyException(
          "contract "
              + terms.contract()
              + " does not keep what it promises, so this site does not take part: "
              + e.getMessage());
    }
  }

  /**
   * Checks that initial weights, which have no noise, were not sent before as others.
   *
   * @param isOther whether this site has sent others
   * @throws PrivacyException if it has: the difference might be what training made of its data
   */
  void checkInitial(long round, boolean isOther) {
    if (round == 0 && isOther && terms.privacy().isNoisy()) {
      throw new PrivacyException(
          "this site has sent other initial weights to contract "
              + terms.contract()
              + " before, and initial weights have no noise; send the same again, without training on them");
    }
  }

  /**
   * What a site may report: under noise nothing that was computed from its data, and that it counts
   * as much as each other.
   *
   * @throws IllegalArgumentException if the report asks for another weight than 1
   */
  TrainingReport report(TrainingReport asked) {
    if (dp == null) {
      return asked;
    }
    if (asked.weight() != 1) {
      throw new IllegalArgumentException(
          "weight is "
              + asked.weight()
              + ", and under privacy "
              + terms.privacy().text()
              + " all sites count alike; give 1");
    }
    return terms.privacy().isNoisy()
        ? asked.withLoss(Double.NaN).withMetric(Double.NaN).withSamples(0)
        : asked;
  }

  /**
   * Clips a delta and adds noise to it, as it is read. Reads all of it once at once.
   *
   * @param delta of the values that sites train
   * @param round from 1 on; initial weights are sent as they are
   * @param base hash of the model that the delta was taken from
   * @param logClip its last value if the clip is adaptive
   * @return what is sent: under an adaptive clip with one more value, by which its logarithm
   *     changes
   */
  FlatVector of(FlatVector delta, long round, Hash base, float logClip) {
    if (dp == null || round == 0) {
      return whole(delta, 0);
    }
    Survey survey = survey(delta);
    if (!Double.isFinite(survey.length())) {
      // It is refused before it is sent, with the first value that is not finite.
      return whole(delta, 0);
    }
    double clip = adaptive == null ? dp.clip() : adaptive.clip(logClip);
    double factor = survey.length() > clip ? clip / survey.length() : 1;
    double step = adaptive == null ? 0 : adaptive.step(survey.length(), logClip);
    LOG.info(
        "Contract {}, round {}: this site's delta has length {} and counts with {}; the clip is {}",
        terms.contract(),
        round,
        survey.length(),
        factor * survey.length(),
        clip);
    if (!terms.privacy().isNoisy()) {
      return whole(factor == 1 ? delta : clipped(delta, factor), (float) step);
    }
    GaussianNoise fresh =
        new GaussianNoise(HmacSha256.of(secret.of(round, base), survey.digest().bytes()));
    noise = fresh;
    if (adaptive == null) {
      return noised(delta, factor, dp.deviation(terms.minPeers()), fresh);
    }
    double stepDeviation = adaptive.stepDeviation();
    double noisedStep = step + stepDeviation * fresh.at(terms.trainedParameters());
    return whole(
        noised(delta, factor, adaptive.deviation(clip), fresh),
        rounded(noisedStep, grid(stepDeviation)));
  }

  /** Puts a value after a vector of those that sites train, if the contract has one more. */
  private FlatVector whole(FlatVector trained, float last) {
    if (adaptive == null) {
      return trained;
    }
    long size = terms.trainedParameters();
    return (from, into, count) -> {
      int own = (int) Math.min(count, size - from);
      if (own > 0) {
        trained.read(from, into, own);
      }
      if (own < count) {
        into[own] = last;
      }
    };
  }

  /**
   * Checks what can be checked of initial weights, which have no noise: that all sites began from
   * the same ones, so that none of them can have been trained on one site's data. Under masks
   * nobody can compare them.
   *
   * @throws PrivacyException if they have not
   */
  void checkBeginning(RoundSummary summary) {
    if (!terms.privacy().isNoisy() || terms.isMasked() || summary.round() != 0) {
      return;
    }
    Set<Hash> different =
        summary.participants().stream()
            .map(each -> each.contribution())
            .collect(Collectors.toSet());
    if (different.size() > 1) {
      throw new PrivacyException(
          "the sites of contract "
              + terms.contract()
              + " began from "
              + different.size()
              + " different models, and initial weights have no noise; begin from one published model, or give"
              + " all trainers the same seed, in a new contract");
    }
  }

  /** A round is over, and nothing is sent again: from now on nobody can make its noise. */
  void roundOver(long sealed) {
    secret.forgetUntil(sealed);
    if (noise != null) {
      noise.forget();
      noise = null;
    }
  }

  private static FlatVector clipped(FlatVector delta, double factor) {
    return (from, into, count) -> {
      delta.read(from, into, count);
      for (int i = 0; i < count; i++) {
        into[i] = (float) (into[i] * factor);
      }
    };
  }

  /**
   * Rounds to a grid of a power of two, coarse enough to hide in which way floating-point numbers
   * were added up (Mironov, <i>On significance of the least significant bits for differential
   * privacy</i>, 2012).
   */
  private static FlatVector noised(
      FlatVector delta, double factor, double deviation, GaussianNoise noise) {
    double grid = grid(deviation);
    return (from, into, count) -> {
      delta.read(from, into, count);
      for (int i = 0; i < count; i++) {
        into[i] = rounded(into[i] * factor + deviation * noise.at(from + i), grid);
      }
    };
  }

  private static double grid(double deviation) {
    return Math.scalb(1.0, Math.getExponent(deviation) - GRID_BITS);
  }

  private static float rounded(double value, double grid) {
    return (float) (Math.rint(value / grid) * grid);
  }

  /**
   * A first pass over a delta.
   *
   * @param length Euclidean; not finite: a value is not
   * @param digest SHA-256 of its values
   */
  private record Survey(double length, Hash digest) {}

  private Survey survey(FlatVector delta) {
    long size = terms.trainedParameters();
    float[] values = new float[(int) Math.min(terms.chunkValues(), size)];
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    MessageDigest digest = sha256();
    double squares = 0;
    for (long at = 0; at < size; at += values.length) {
      int count = (int) Math.min(values.length, size - at);
      delta.read(at, values, count);
      bytes.clear();
      for (int i = 0; i < count; i++) {
        squares += (double) values[i] * values[i];
        bytes.putFloat(values[i]);
      }
      digest.update(bytes.flip());
    }
    return new Survey(Math.sqrt(squares), Hash.of(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
