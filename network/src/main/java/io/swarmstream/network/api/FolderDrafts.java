package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.contracts.Draft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The drafts of a local swarm, which are in its folder.
 *
 * @param folder of the swarm
 * @param owner account of its owner
 */
public record FolderDrafts(Path folder, String owner) implements Drafts {
  /** No transaction, and nobody else has to agree. */
  private static final MemberAct DONE = new MemberAct("", 1, 1);

  @Override
  public List<String> names() {
    try {
      return Draft.all(folder).stream().map(Draft::name).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<ContractDraft> find(String name) {
    return read(name)
        .map(draft -> new ContractDraft(name, draft.text(), owner, draft.generation()));
  }

  private Optional<Draft> read(String name) {
    try {
      return Draft.find(folder, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public MemberAct write(Draft draft) {
    try {
      draft.writeTo(folder);
      return DONE;
    } catch (IOException e) {
      throw new IllegalStateException("the draft cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public MemberAct reset(String name) {
    return write(read(name).orElseThrow().reset());
  }
}
