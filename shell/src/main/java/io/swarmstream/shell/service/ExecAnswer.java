package io.swarmstream.shell.service;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What a command said, as HPE Swarm Learning's clients read it. */
record ExecAnswer(
    @JsonPropertyDescription("Lines; one that begins with ERROR says that the command failed.")
        List<String> CONTENT) {}
