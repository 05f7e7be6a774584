/**
 * What people write in YAML for task agents: {@link TaskDefinition} and {@link AgentProfile}, with
 * the fields of HPE Swarm Learning's schemas. {@link YamlDocument} reads text into {@link
 * YamlValue}s that know their line and column; each definition takes what it knows from them, and
 * warns about the rest. {@link YamlLines} writes a body for the chain.
 */
@NullMarked
package io.swarmstream.tasks.definitions;

import org.jspecify.annotations.NullMarked;
