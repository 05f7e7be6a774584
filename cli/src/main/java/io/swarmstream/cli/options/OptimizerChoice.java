package io.swarmstream.cli.options;

import io.swarmstream.schemas.Optimizer;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** The option that selects the server optimizer. */
public final class OptimizerChoice {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME[:P=V,...]",
      converter = ByText.class,
      completionCandidates = Names.class,
      description =
          "What turns the merged delta of a round into the step that is added to the model, one of "
              + "${COMPLETION-CANDIDATES}, with parameters if the usual ones will not do, such as "
              + "nesterov:lr=0.5,momentum=0.9 or adam:lr=0.02. Default: none.")
  private Optimizer optimizer = Optimizer.NONE;

  /** The optimizer, as the contract's terms hold it. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** Lists the names for the help. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Optimizer.names().iterator();
    }
  }

  /** Converts an optimizer as people write it. */
  static final class ByText extends TermConverter<Optimizer> {
    ByText() {
      super(Optimizer::of);
    }
  }
}
