package io.swarmstream.lab.attack.learner;

import io.swarmstream.examples.digits.Digits;
import io.swarmstream.examples.digits.Samples;

/** The data that attacked trainings learn. */
public enum AttackData {
  DIGITS("digits"),
  FASHION_MNIST("fashion-mnist");

  private final String code;

  AttackData(String code) {
    this.code = code;
  }

  /** Loads all samples, training and test together. */
  public Samples load() {
    return this == DIGITS ? Digits.load() : FashionMnist.load();
  }

  /** As options and results name it. */
  @Override
  public String toString() {
    return code;
  }
}
