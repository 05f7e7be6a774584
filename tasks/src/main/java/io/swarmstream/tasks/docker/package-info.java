/**
 * The resource manager with a container engine: {@link DockerManager} builds and fetches images and
 * runs trainers as containers, by Docker's API, which Podman has, too. Trainers get as little as
 * they need: no capabilities, no network unless the profile names one, a read-only root where they
 * work in a mounted folder.
 */
@NullMarked
package io.swarmstream.tasks.docker;

import org.jspecify.annotations.NullMarked;
