package io.swarmstream.shell;

/** Definitions of tasks. */
final class TaskTexts {
  static final String BUILD =
      """
      Name: build-env
      TaskType: MAKE_USER_CONTAINER
      Author: alice
      Prereq: ROOTTASK
      Outcome: user-env
      Body:
        BuildContext: sl-cli-lib
        BuildType: INLINE
        BuildSteps:
        - FROM python:3.11
        - 'RUN pip install numpy'
      """;

  static final String RUN =
      """
      # How HPE's users write it.
      Name : train
      TaskType : RUN_SWARM
      Author : alice
      Prereq : build-env
      Outcome : train
      Body :
        Command : model/train.py
        Entrypoint : python3
        WorkingDir : /tmp/test
        Envvars : ["DATA_DIR": app-data, "MIN_PEERS": 2]
        PrivateContent : /tmp/test/app-data
        SharedContent :
        - Src : /opt/model
          Tgt : /tmp/test/model
          MType : BIND
      """;

  private TaskTexts() {}
}
