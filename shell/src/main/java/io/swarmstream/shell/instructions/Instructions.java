package io.swarmstream.shell.instructions;

import io.swarmstream.shell.grammar.Grammar;
import io.swarmstream.shell.instructions.context.CreateContext;
import io.swarmstream.shell.instructions.context.GetContextEnv;
import io.swarmstream.shell.instructions.context.GetContextInfo;
import io.swarmstream.shell.instructions.context.GetContextVersion;
import io.swarmstream.shell.instructions.context.ListContextEnv;
import io.swarmstream.shell.instructions.context.ListContexts;
import io.swarmstream.shell.instructions.context.ListNodes;
import io.swarmstream.shell.instructions.context.SetContextEnv;
import io.swarmstream.shell.instructions.context.SwitchContext;
import io.swarmstream.shell.instructions.context.WaitForIp;
import io.swarmstream.shell.instructions.context.WaitForService;
import io.swarmstream.shell.instructions.contract.CreateContract;
import io.swarmstream.shell.instructions.contract.GetContractInfo;
import io.swarmstream.shell.instructions.contract.GetContractStatus;
import io.swarmstream.shell.instructions.contract.ListContracts;
import io.swarmstream.shell.instructions.contract.Perfdata;
import io.swarmstream.shell.instructions.contract.ResetContract;
import io.swarmstream.shell.instructions.control.Cd;
import io.swarmstream.shell.instructions.control.Exit;
import io.swarmstream.shell.instructions.control.ExitOnFailure;
import io.swarmstream.shell.instructions.control.Help;
import io.swarmstream.shell.instructions.control.Ls;
import io.swarmstream.shell.instructions.control.Pwd;
import io.swarmstream.shell.instructions.control.Sleep;
import io.swarmstream.shell.instructions.task.AppendTaskBody;
import io.swarmstream.shell.instructions.task.CreateTask;
import io.swarmstream.shell.instructions.task.CreateTaskFrom;
import io.swarmstream.shell.instructions.task.DeleteTask;
import io.swarmstream.shell.instructions.task.FinalizeTask;
import io.swarmstream.shell.instructions.task.GetTaskBody;
import io.swarmstream.shell.instructions.task.GetTaskInfo;
import io.swarmstream.shell.instructions.task.ListTasks;
import io.swarmstream.shell.instructions.taskrunner.AssignTask;
import io.swarmstream.shell.instructions.taskrunner.CreateTaskrunner;
import io.swarmstream.shell.instructions.taskrunner.GetTaskrunnerInfo;
import io.swarmstream.shell.instructions.taskrunner.GetTaskrunnerPeerStatus;
import io.swarmstream.shell.instructions.taskrunner.GetTaskrunnerStatus;
import io.swarmstream.shell.instructions.taskrunner.ListTaskrunnerPeers;
import io.swarmstream.shell.instructions.taskrunner.ListTaskrunners;
import io.swarmstream.shell.instructions.taskrunner.Logs;
import io.swarmstream.shell.instructions.taskrunner.ResetTaskrunner;
import io.swarmstream.shell.instructions.taskrunner.WaitForTaskrunner;
import io.swarmstream.shell.session.Instruction;
import java.util.List;

/** The shell's language. */
public final class Instructions {
  private Instructions() {}

  /** The grammar of all instructions, in the order in which help lists them. */
  public static Grammar<Instruction> grammar() {
    Grammar<Instruction> grammar = new Grammar<>();
    Instruction createContext = new CreateContext();
    Instruction waitForIp = new WaitForIp();
    List<Instruction> all =
        List.of(
            createContext,
            new SwitchContext(),
            new ListContexts(),
            new GetContextInfo(),
            new GetContextVersion(),
            new GetContextEnv(),
            new SetContextEnv(),
            new ListContextEnv(),
            waitForIp,
            new WaitForService(),
            new ListNodes(),
            new CreateContract(),
            new ListContracts(),
            new GetContractInfo(),
            new GetContractStatus(),
            new Perfdata(),
            new ResetContract(),
            new CreateTaskFrom(),
            new CreateTask(),
            new AppendTaskBody(),
            new FinalizeTask(),
            new DeleteTask(),
            new ListTasks(),
            new GetTaskInfo(),
            new GetTaskBody(),
            new CreateTaskrunner(),
            new ListTaskrunners(),
            new GetTaskrunnerInfo(),
            new AssignTask(),
            new WaitForTaskrunner(),
            new GetTaskrunnerStatus(),
            new ListTaskrunnerPeers(),
            new GetTaskrunnerPeerStatus(),
            new Logs(),
            new ResetTaskrunner(),
            new Sleep(),
            new Cd(),
            new Ls(),
            new Pwd(),
            new ExitOnFailure(),
            new Exit());
    all.forEach(instruction -> grammar.add(instruction, instruction.about().syntax()));
    // As scripts for HPE Swarm Learning 1.0 have them.
    grammar.addOlder(createContext, "CREATE CONTEXT <context> <host> [ <port> ]");
    grammar.addOlder(waitForIp, "WAIT FOR <host> [ <port> [ <retries> ] ]");
    Help help = new Help(() -> grammar.rules().keySet(), grammar::beginningWith);
    return grammar.add(help, help.about().syntax());
  }
}
