// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.spi.RemoteActions;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** Does actions on the test server, unless it was told to answer otherwise. */
final class TestActions implements RemoteActions {
  final List<RemoteAction> applied = new CopyOnWriteArrayList<>();
  final List<RemoteAction> lookedUp = new CopyOnWriteArrayList<>();
  private final TestRemote remote;
  private final Queue<Function<RemoteAction, ActionResult>> answers = new ConcurrentLinkedQueue<>();
  private volatile boolean loginRefused;
  private volatile boolean loginPutOff;
  private volatile Predicate<RemoteAction> later = action -> false;
  private volatile Optional<ActionResult.Done> found = Optional.empty();

  TestActions(TestRemote remote) {
    this.remote = remote;
  }

  /** The next action is answered so. */
  void answer(Function<RemoteAction, ActionResult> answer) {
    answers.add(answer);
  }

  void refuseNext() {
    answer(action -> new ActionResult.Refused(Reason.NO_PERMISSION, "not allowed"));
  }

  /** The next action is done, but its answer is lost. */
  void loseNextAnswer() {
    answer(
        action -> {
          remote.server.perform(action);
          return new ActionResult.Unknown(broken());
        });
  }

  /** The next action never reaches the server, but nobody knows. */
  void loseNextAction() {
    answer(action -> new ActionResult.Unknown(broken()));
  }

  private static ConnectionException broken() {
    return new ConnectionException(Reason.DISCONNECTED, "the connection broke", null, List.of());
  }

  /** Every action meets a wrong password from now on. */
  void refuseLogin() {
    loginRefused = true;
  }

  /** Every action meets a server that lets nobody in for now. */
  void putOffLogin() {
    loginPutOff = true;
  }

  /** These actions, and only these, are put off from now on. */
  void putOff(Predicate<RemoteAction> which) {
    later = which;
  }

  void acceptLogin() {
    loginRefused = false;
  }

  /** What is found when an action is looked up. */
  void find(ActionResult.Done done) {
    found = Optional.of(done);
  }

  @Override
  public String before(RemoteAction action, Known known) {
    remote.requireOnline();
    return "before " + applied.size();
  }

  @Override
  public ActionResult apply(RemoteAction action, Known known) {
    remote.requireOnline();
    if (later.test(action)) {
      known.reached().run();
      throw new ConnectionException(Reason.TEMPORARY, "try later", null, List.of());
    }
    applied.add(action);
    if (loginRefused) {
      throw new AuthenticationException(Reason.AUTHENTICATION_FAILED, "no", null, List.of());
    }
    if (loginPutOff) {
      throw new ConnectionException(Reason.TEMPORARY, "not now", null, List.of());
    }
    Function<RemoteAction, ActionResult> answer = answers.poll();
    return answer == null ? remote.server.perform(action) : answer.apply(action);
  }

  @Override
  public Optional<ActionResult.Done> lookUp(RemoteAction action, Known known) {
    remote.requireOnline();
    lookedUp.add(action);
    if (action instanceof RemoteAction.Append append) {
      // By this it would be known again.
      append.message().headerHash();
    }
    return found;
  }
}
