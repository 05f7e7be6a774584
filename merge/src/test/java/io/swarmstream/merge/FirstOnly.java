package io.swarmstream.merge;

/** A method from elsewhere, listed in this test tree's {@code META-INF/services}. */
public final class FirstOnly implements CoordinateMerge {

  @Override
  public String name() {
    return "firstonly";
  }

  @Override
  public void merge(float[][] deltas, int[] weights, float[] out) {
    System.arraycopy(deltas[0], 0, out, 0, out.length);
  }
}
