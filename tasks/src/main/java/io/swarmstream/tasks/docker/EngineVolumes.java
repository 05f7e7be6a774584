package io.swarmstream.tasks.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.swarmstream.tasks.content.FolderWriter;
import io.swarmstream.tasks.content.WorkDeadline;
import io.swarmstream.tasks.run.RunFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Copies into and out of an engine's volumes, wherever the engine keeps them: through a container
 * that never starts.
 */
final class EngineVolumes {
  private static final String IMAGE = "swarm-user/volume-copy:1";
  private static final String PLACE = "/volume";
  private static final int BUILD_SECONDS = 60;

  private final DockerClient client;

  EngineVolumes(DockerClient client) {
    this.client = client;
  }

  boolean exists(String name) {
    try {
      client.inspectVolumeCmd(name).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** Replaces a volume by one with a folder's content. */
  void fill(String name, Path folder) throws IOException {
    if (exists(name)) {
      client.removeVolumeCmd(name).exec();
    }
    client.createVolumeCmd().withName(name).exec();
    Path tar = Files.createTempFile("volume", ".tar");
    try {
      TarFile.pack(folder, tar);
      String container = container(name);
      try (InputStream stream = Files.newInputStream(tar)) {
        client
            .copyArchiveToContainerCmd(container)
            .withRemotePath(PLACE)
            .withTarInputStream(stream)
            .exec();
      } finally {
        client.removeContainerCmd(container).withForce(true).exec();
      }
    } catch (IOException | RuntimeException e) {
      removeAfter(e, name);
      throw e;
    } finally {
      Files.deleteIfExists(tar);
    }
  }

  /** Nobody shall take a part for the whole. */
  private void removeAfter(Exception failure, String name) {
    try {
      client.removeVolumeCmd(name).exec();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Copies a volume's files into a folder; leaves out links. */
  void read(String name, Path folder, long maxBytes, WorkDeadline deadline) throws IOException {
    String container = container(name);
    try (InputStream stream = client.copyArchiveFromContainerCmd(container, PLACE + "/.").exec();
        TarArchiveInputStream tar = new TarArchiveInputStream(stream)) {
      FolderWriter writer = new FolderWriter(folder, maxBytes, deadline);
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        // Engines name the entries after the folder, or ".".
        String inside = entry.getName().replaceFirst("^(\\./|volume/|/)+", "");
        if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !inside.isEmpty()) {
          writer.write(inside, tar);
        }
      }
    } finally {
      client.removeContainerCmd(container).withForce(true).exec();
    }
  }

  private String container(String volume) throws IOException {
    ensureImage();
    Mount mount = new Mount().withType(MountType.VOLUME).withSource(volume).withTarget(PLACE);
    return client
        .createContainerCmd(IMAGE)
        .withCmd("never")
        .withHostConfig(
            HostConfig.newHostConfig().withMounts(List.of(mount)).withNetworkMode("none"))
        .exec()
        .getId();
  }

  /** An image with one empty folder. */
  private void ensureImage() throws IOException {
    try {
      client.inspectImageCmd(IMAGE).exec();
      return;
    } catch (NotFoundException e) {
      // made below
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      put(tar, "Dockerfile", "FROM scratch\nCOPY mark " + PLACE + "/.mark\n");
      put(tar, "mark", "");
    }
    String id =
        client
            .buildImageCmd(new ByteArrayInputStream(bytes.toByteArray()))
            .withTags(Set.of(IMAGE))
            .exec(new BuildImageResultCallback())
            .awaitImageId(BUILD_SECONDS, TimeUnit.SECONDS);
    if (id == null) {
      throw new RunFailure("the engine did not build " + IMAGE);
    }
  }

  private static void put(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
