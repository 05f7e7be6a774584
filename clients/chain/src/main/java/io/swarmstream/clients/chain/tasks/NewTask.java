package io.swarmstream.clients.chain.tasks;

/**
 * A task to create.
 *
 * @param name 1 to 160 bytes, unique in the swarm
 * @param author free text, 1 to 160 bytes; who signed is {@link Task#account}
 * @param prerequisite name of a finalised task; {@link TaskBoard#ROOT_TASK} if none
 * @param outcome what the task leaves, such as the name of an image; 1 to 160 bytes
 */
public record NewTask(
    String name, TaskType type, String author, String prerequisite, String outcome) {}
