package io.swarmstream.site.node.weights;

import io.swarmstream.schemas.layout.FlatVector;

/** Computes the Euclidean norm of a vector that arrives piece by piece. */
public final class SquareSum {
  private static final int PIECE = 65_536;

  private double sum;

  /** The norm of the first {@code size} values of a vector. */
  public static double norm(FlatVector vector, long size) {
    SquareSum squares = new SquareSum();
    float[] piece = new float[PIECE];
    for (long at = 0; at < size; at += PIECE) {
      int count = (int) Math.min(PIECE, size - at);
      vector.read(at, piece, count);
      squares.add(piece, count);
    }
    return squares.root();
  }

  void add(float[] values, int count) {
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (double) values[i] * values[i];
    }
    sum += squares;
  }

  double root() {
    return Math.sqrt(sum);
  }
}
