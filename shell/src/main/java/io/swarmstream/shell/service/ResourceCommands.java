package io.swarmstream.shell.service;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.ApiUnreachableException;
import io.swarmstream.shell.grammar.Grammar;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.session.ShellSession;
import io.swarmstream.shell.session.UnknownNameException;
import io.swarmstream.web.ApiProblem;

/** Runs commands for the resource API, and turns what goes wrong into problems. */
final class ResourceCommands {
  private final Grammar<Instruction> grammar;
  private final RemoteSessions sessions;

  /** What a request does. */
  interface Work<T> {
    T in(ShellSession session) throws Exception;
  }

  ResourceCommands(Grammar<Instruction> grammar, RemoteSessions sessions) {
    this.grammar = grammar;
    this.sessions = sessions;
  }

  /** Runs a command in a session of its own. */
  void run(String command) throws Exception {
    var unused =
        in(
            session -> {
              Grammar.Reading<Instruction> reading = grammar.read(command);
              var result =
                  reading.command().run(new ShellCall(reading.values(), session, line -> {}));
              return result == null ? command : result;
            });
  }

  /** Works in a session of its own. */
  <T> T in(Work<T> work) throws Exception {
    try {
      return work.in(sessions.fresh());
    } catch (UnknownNameException e) {
      throw problem(404, "not-found", e);
    } catch (IllegalArgumentException e) {
      throw problem(400, "bad-value", e);
    } catch (ApiRefusalException e) {
      // That this shell may not do it is not the caller's fault.
      throw problem(e.status() == 401 || e.status() == 403 ? 502 : e.status(), e.code(), e);
    } catch (ChainRefusalException | IllegalStateException e) {
      throw problem(409, "refused", e);
    } catch (ChainException | ApiUnreachableException e) {
      throw problem(502, "unreachable", e);
    }
  }

  private static ApiProblem problem(int status, String code, RuntimeException e) {
    return ApiProblem.of(status, code, String.valueOf(e.getMessage())).because(e);
  }
}
